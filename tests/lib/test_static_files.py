"""Collecting the static files: nothing dangles, and what is sent is compressed."""

import json

import pytest
from django.core.management import call_command

from hrconf.lib import checks
from hrconf.lib.static_files import QuickCompressor


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """All static files, collected as a server does; a dangling reference in one is an error."""
    from django.conf import settings
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    production = {"BACKEND": "hrconf.lib.static_files.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": production}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_front_end_files_are_among_the_collected(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]

    assert [name for name in checks.FRONT_END if name not in paths] == []


def test_modules_import_each_other_by_the_names_that_carry_a_hash(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]

    editor = (collected / paths["js/editor.js"]).read_text()

    others = [name for name in paths if name.startswith("js/editor-")]
    assert len(others) > 4
    assert [name for name in others if f'from "./{name[3:]}"' in editor] == []
    assert f'from "./{paths["js/editor-page.js"][3:]}"' in editor


def test_collected_style_sheet_is_there_in_both_compressed_forms(collected):
    plain = (collected / checks.FRONT_END[0]).stat().st_size
    for ending, share in ((".br", 0.15), (".gz", 0.2)):
        compressed = (collected / f"{checks.FRONT_END[0]}{ending}").stat().st_size
        assert compressed < share * plain


def test_source_maps_are_not_worth_compressing():
    compressor = QuickCompressor(quiet=True)

    assert not compressor.should_compress("bootstrap.min.css.map")
    assert compressor.should_compress("bootstrap.min.css")
