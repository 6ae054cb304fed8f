"""The deploy checks: silent on a good configuration, one clear message for each mistake."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from hrconf.lib import checks

ROOT = Path(__file__).resolve().parent.parent.parent
SMTP = {"EMAIL_BACKEND": checks.SMTP, "EMAIL_HOST": "mail.conference.test", "EMAIL_USE_TLS": True}
FOLDER = {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
GOOD_ENVIRONMENT = {
    "DEBUG": "off",
    "HRCONF_DEMO": "off",
    "BASE_URL": "https://conference.test",
    "ALLOWED_HOSTS": "conference.test",
    "BEHIND_PROXY": "on",
    "SECRET_KEY": "kQ3v9Zt1XwB7rL5mN8pC2sF4hJ6gD0yTqUeIoAaVxEzRnKbWlM",
    "EMAIL_URL": "smtp+tls://office:password@mail.conference.test:587",
    "DEFAULT_FROM_EMAIL": "Conference office <office@conference.test>",
    "MAIL_TO_REAL_PEOPLE": "on",
    "SECOND_FACTOR_ROLES": "organizer,staff",
}


@pytest.fixture(autouse=True)
def good(settings, tmp_path):
    """A configuration in which nothing is forgotten; each test forgets one thing."""
    settings.DEMO = False
    settings.IS_HTTPS = settings.BEHIND_PROXY = True
    settings.BASE_URL = "https://conference.test"
    settings.ALLOWED_HOSTS = ["conference.test"]
    settings.SECRET_KEY = GOOD_ENVIRONMENT["SECRET_KEY"]
    settings.MAIL_TRANSPORT = SMTP
    settings.MAIL_TO_REAL_PEOPLE = True
    settings.DEFAULT_FROM_EMAIL = GOOD_ENVIRONMENT["DEFAULT_FROM_EMAIL"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return settings


def ids(found):
    return [message.id for message in found]


@pytest.mark.parametrize(
    "check",
    [
        checks.base_url_is_https,
        checks.proxy_is_believed,
        checks.base_url_is_answered,
        checks.hosts_are_named,
        checks.secret_key_is_secret,
        checks.mail_leaves_the_house,
        checks.mail_goes_to_real_people,
        checks.mail_travels_encrypted,
        checks.sender_is_ours,
        checks.redis_answers,
        checks.catalogues_are_compiled,
        checks.private_files_can_be_written,
        checks.private_files_are_private,
    ],
)
def test_good_configuration_is_silent(check):
    assert check() == []


@pytest.mark.parametrize(
    ("check", "setting", "mistake", "says"),
    [
        (checks.base_url_is_https, "IS_HTTPS", False, "hrconf.W001"),
        (checks.proxy_is_believed, "BEHIND_PROXY", False, "hrconf.W008"),
        (checks.base_url_is_answered, "ALLOWED_HOSTS", ["www.conference.test"], "hrconf.E001"),
        (checks.hosts_are_named, "ALLOWED_HOSTS", ["*"], "hrconf.W002"),
        (checks.secret_key_is_secret, "SECRET_KEY", "short", "hrconf.E002"),
        (checks.secret_key_is_secret, "SECRET_KEY", "debug-only-" + "x" * 50, "hrconf.E002"),
        (checks.mail_leaves_the_house, "MAIL_TRANSPORT", FOLDER, "hrconf.W003"),
        (checks.mail_goes_to_real_people, "MAIL_TO_REAL_PEOPLE", False, "hrconf.W004"),
        (
            checks.mail_travels_encrypted,
            "MAIL_TRANSPORT",
            {**SMTP, "EMAIL_USE_TLS": False},
            "hrconf.W005",
        ),
        (
            checks.sender_is_ours,
            "DEFAULT_FROM_EMAIL",
            "Office <office@conference.example>",
            "hrconf.W006",
        ),
        (checks.redis_answers, "REDIS_URL", "redis://127.0.0.1:1/0", "hrconf.W007"),
    ],
)
def test_mistake_in_the_environment_is_told(good, check, setting, mistake, says):
    setattr(good, setting, mistake)

    assert ids(check()) == [says]


def test_demo_may_keep_mail_in_a_folder_and_speak_http(good):
    good.DEMO, good.IS_HTTPS, good.MAIL_TRANSPORT = True, False, FOLDER

    assert checks.base_url_is_https() == []
    assert checks.mail_leaves_the_house() == []


@pytest.mark.django_db
def test_database_of_the_tests_is_fit():
    assert checks.database_is_fit() == []


@pytest.mark.django_db
def test_old_database_without_its_extensions_is_told(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", 99)
    monkeypatch.setattr(checks, "EXTENSIONS", {"pg_trgm", "no_such_extension"})

    found = checks.database_is_fit()

    assert ids(found) == ["hrconf.E005", "hrconf.E006"]
    assert "lacks no_such_extension." in found[1].msg


def test_other_database_is_told(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")

    assert ids(checks.database_is_fit()) == ["hrconf.E003"]


def test_database_that_does_not_answer_is_told(monkeypatch):
    def refuse():
        raise checks.DatabaseError("connection refused\nIs the server running?")

    monkeypatch.setattr(checks, "examine_database", refuse)

    (told,) = checks.database_is_fit()

    assert (told.id, told.msg) == (
        "hrconf.E004",
        "The database does not answer: connection refused",
    )


def collect(settings, *names):
    settings.STATIC_ROOT.mkdir()
    manifest = {"paths": {name: f"{name}.hashed" for name in names}}
    (settings.STATIC_ROOT / "staticfiles.json").write_text(json.dumps(manifest))


def test_static_files_never_collected_are_told(good):
    assert ids(checks.static_files_are_collected()) == ["hrconf.E008"]


def test_static_files_collected_without_npm_are_told(good):
    collect(good, "css/site.css")

    assert ids(checks.static_files_are_collected()) == ["hrconf.E009"]


def test_static_files_collected_after_npm_are_fine(good):
    collect(good, "css/site.css", *checks.FRONT_END)

    assert checks.static_files_are_collected() == []


def test_catalogue_older_than_its_source_is_told(good):
    folder = good.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    assert ids(checks.catalogues_are_compiled()) == ["hrconf.E010"]

    (folder / "django.mo").touch()
    assert checks.catalogues_are_compiled() == []

    os.utime(folder / "django.mo", (0, 0))
    assert ids(checks.catalogues_are_compiled()) == ["hrconf.E010"]


def test_folder_that_cannot_be_written_is_told(good, tmp_path):
    (tmp_path / "file").touch()
    good.MEDIA_ROOT = tmp_path / "file" / "media"

    assert ids(checks.private_files_can_be_written()) == ["hrconf.E011"]


def test_private_files_among_the_public_are_told(good):
    good.MEDIA_ROOT = good.STATIC_ROOT / "media"

    assert ids(checks.private_files_are_private()) == ["hrconf.E012"]


def manage(*arguments, **environment):
    """Run a management command with the servers of the tests and nothing else set."""
    servers = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], **servers, **environment},
        capture_output=True,
        text=True,
    )


def test_check_deploy_is_clean_on_a_good_configuration(good, tmp_path):
    """All of Django's deploy checks and ours together, on settings read from the environment."""
    collect(good, *checks.FRONT_END)
    places = {"STATIC_ROOT": str(good.STATIC_ROOT), "MEDIA_ROOT": str(good.MEDIA_ROOT)}

    done = manage("check", "--deploy", "--fail-level=DEBUG", **GOOD_ENVIRONMENT, **places)

    # The extensions are made by migrate, which the database outside the tests may not have seen.
    found = [line for line in done.stderr.splitlines() if "hrconf.E006" not in line]
    assert not [line for line in found if line.startswith("?:")], done.stderr


def test_settings_refuse_to_start_and_name_all_that_is_missing():
    done = manage("check", BASE_URL="https://conference.test", ALLOWED_HOSTS="conference.test")

    assert done.returncode != 0
    assert "Set EMAIL_URL, SECRET_KEY in the environment" in done.stderr


def test_paper_lists_every_variable_that_the_settings_read():
    settings_read = (ROOT / "hrconf/settings.py").read_text()
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', settings_read))
    told = set(re.findall(r"^\| `([A-Z_]+)` ", (ROOT / "docs/deploy.md").read_text(), re.M))

    assert read - told - {"PYTEST_XDIST_WORKER"} == set()
    assert told - read == set()
