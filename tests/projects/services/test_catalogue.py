"""The catalogue of projects on paper."""

import pypdfium2
import pytest

from hrconf.jobs.services import start_job
from hrconf.jobs.tasks import run_job
from projects.services.catalogue import draw_catalogue
from tests import make
from tests.projects import make_showcase

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> list[str]:
    """The text of each page in one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(("language", "first"), [("en", "Bone screw"), ("zh-hans", "骨钉")])
def test_catalogue_has_both_titles_by_sector(language, first):
    edition = make.edition()
    sector = make.sector(slug="biology", name_en="Biology", name_zh_hans="生物")
    titles = {"title_en": "Bone screw", "title_zh_hans": "骨钉"}
    make_showcase.page(edition=edition, is_approved=True, sector=sector, **titles)
    make_showcase.page(edition=edition, title_en="Nobody approved this")
    hostile = {"title_en": '#import "x" $y$ *bold* ' + "w" * 90, "title_zh_hans": ""}
    make_showcase.page(edition=edition, is_approved=True, **hostile)

    pages = words(draw_catalogue(edition, language))

    text = " ".join(pages)
    assert len(pages) == 4  # cover, contents, two sectors
    assert {"Bone screw", "骨钉"} <= {t for t in titles.values() if t in text}
    assert '#import "x" $y$ *bold*' in text
    assert "Nobody approved this" not in text
    assert text.index(first) == min(text.index(title) for title in titles.values())


@pytest.mark.django_db(transaction=True)
def test_catalogue_is_a_job_with_a_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = make_showcase.page(is_approved=True)
    options = {"edition": page.edition.pk, "remind": False, "language": "en"}
    job = start_job(kind="project_catalogue", title="x", options=options, by=make.organizer())

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "done"
    with job.result.open("rb") as file:
        assert file.read(4) == b"%PDF"
