"""Every kind of mail with hostile names: in its head, its text and its HTML they are text.

A kind is what has a template: a new one is tried here by itself, in both languages.
"""

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation

from attendees.models import Invitation
from attendees.services.deputies import name_deputy
from attendees.services.invitations import queue_invitations
from attendees.services.placeholders import PLACEHOLDERS, Piece, paragraphs, plain
from events.news import SessionNews
from events.parsing import parse
from events.snapshots import freeze
from hrconf.mailing.compose import render
from hrconf.mailing.mime import as_mime
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import hostile
from tests.attendees.make_forms import form, question
from tests.mailing.test_hostile import name_in

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
KINDS = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
LINK = "Ann http://evil.example/win"
# What people of outside type; a conference, its halls and categories are the office's.
OUTSIDE = [
    "person",
    "association",
    "delegation",
    "registrationrequest",
    "fieldchoice",
    "project",
]


# What the office writes of a campaign; the names in it have a test of their own.
WRITTEN = ["plain", "pieces", "lines", "paragraphs", "body"]


class Everything(dict):
    """What any mail may ask for: rows whose words are hostile, and else the text itself."""

    def __init__(self, text: str, rows: dict[str, Any]) -> None:
        super().__init__(rows)
        self.text = text

    def __contains__(self, key: object) -> bool:
        return key not in {"block", "True", "False", "None"}

    def __missing__(self, key: str) -> Any:
        if key in WRITTEN and self.text != hostile.ALL:
            return "Words of the office."
        if "link" in key or "url" in key:
            return "https://conference.example/x/"
        if key.startswith("day") or key.endswith("_on"):
            return timezone.localdate()
        if key.endswith("_at"):
            return timezone.now()
        return self.text


def released(edition, text: str) -> dict[str, Any]:
    """What mails of a release are about: a session that moved, called and placed so."""
    make.session(edition=edition, starts_at=timezone.now(), room=make.room())
    snapshot = freeze(edition)
    (session,), (room,) = snapshot["sessions"], snapshot["rooms"]
    session["title"] = room["name"] = {"en": text, "zh-hans": text}
    session["revision"] = {"number": 2, "at": "2017-11-08T00:00:00+00:00", "kinds": ["moved"]}
    programme = parse(snapshot, number=2, released_at=timezone.now(), sha256="")
    (held,) = programme.sessions.values()
    return {
        "programme": programme,
        "news": [SessionNews(("moved",), held, held)],
        "release": {"name": text, "note": text},
        "clashes": [(held, held)],
        "released": held,
        "session": {"title": text, "code": "talk"},
        "plan": {"due_at": timezone.now(), "trouble": text},
    }


@pytest.fixture
def everything(db):
    """All rows that mails are about, their words being a text."""

    def made(text: str) -> Everything:
        edition = make.edition(contact_email="office@conference.example")
        person = make.person()
        invitation = make.invitation(edition=edition, person=person, association=make.association())
        registration = make.registration(edition=edition, person=person, invitation=invitation)
        choice = question(form(edition=edition), "tour", "choice", choices=["a"]).choices.get()
        rows = dict.fromkeys(["person", "guest", "deputy", "leader", "member"], person)
        rows |= {"edition": edition, "invitation": invitation, "registration": registration}
        rows |= {"delegation": make.delegation(edition=edition), "category": registration.category}
        waited_for = {"choice": choice, "session": {"title": text, "code": "talk"}}
        rows |= {"wait": waited_for | {"offer_until": timezone.now()}, "quota": 3}
        phase = text if text == hostile.ALL else "First reading"  # the office names it
        rows |= {"missing": 2, "phase": {"name": phase}, "until": timezone.now()}
        rows |= {"request": {"title": text}, "asks": person, "number": 2}
        rows |= {"language": "en", "other": "zh-hans", "sessions": [], "code": "1234"}
        rows |= released(edition, text) | {"project": make.project(edition=edition)}
        found = [row for row in [*rows.values(), choice] if hasattr(row, "_meta")]
        for model in {type(row) for row in found}:
            if model._meta.model_name in OUTSIDE or text == hostile.ALL:
                hostile.poison_rows(model, text)
        for row in found:
            row.refresh_from_db()
        return Everything(text, rows)

    return made


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_mail_holds_hostile_names_as_text(kind, language, everything):
    context = everything(hostile.ALL)

    with translation.override(language):
        parts = {part: render(kind, part, context) for part in ["subject.txt", "txt", "html"]}

    assert hostile.holes(parts["html"]) == []
    for part in ["subject.txt", "txt"]:
        assert "()" not in parts[part]  # what a template misspells is empty
        assert hostile.EVALUATED not in parts[part]
        assert "&lt;" not in parts[part]  # a mail of plain text shows what was typed
    assert hostile.as_typed(parts["txt"].replace("\u2060", ""), hostile.ALL)


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_becomes_a_link_in_a_mail(kind, everything):
    """Mail programs make links of addresses in plain text: a name is none."""
    context = everything(LINK)

    for part in ["txt", "html"]:
        written = render(kind, part, context)
        assert "http://evil" not in written
        assert "evil.example" not in written


@pytest.mark.parametrize("name", hostile.KEPT.values(), ids=hostile.KEPT.keys())
def test_invitation_carries_the_name_in_its_head_as_typed(name):
    guest = make.person(name_native=name, name_latin="", preferred_language="zh-hans")

    queue_invitations([make.invitation(person=guest).pk], by=make.organizer())

    source = as_mime(Message.objects.get()).as_bytes()
    mail = message_from_bytes(source, policy=default)
    assert name_in(source) == name
    assert [to.addr_spec for to in mail["To"].addresses] == [guest.email]
    assert {key.lower() for key in mail.keys()}.isdisjoint({"bcc", "cc", "attendee"})  # noqa: SIM118


# Those that PostgreSQL keeps.
OLD = {key: name for key, name in hostile.REFUSED.items() if not {"\x00", "\ud800"} & set(name)}


@pytest.mark.parametrize("name", OLD.values(), ids=OLD.keys())
def test_name_that_is_in_the_register_already_holds_nobody_else_up(name):
    """Rows that came in before names were checked are left out in words, the rest goes."""
    edition = make.edition()
    bad = make.invitation(edition=edition, person=make.person(name_latin=name))
    good = make.invitation(edition=edition)

    queue_invitations([bad.pk, good.pk], by=make.organizer())

    good.refresh_from_db()
    assert good.status == Invitation.Status.QUEUED
    for message in Message.objects.all():
        assert message_from_bytes(as_mime(message).as_bytes(), policy=default)["Bcc"] is None


def test_word_and_names_reach_the_deputys_letter_as_typed():
    guest = make.person(name_native=hostile.KEPT["markup"], name_latin=hostile.KEPT["typst"])
    edition = make.edition(starts_on=date(2117, 11, 8), ends_on=date(2117, 11, 10))
    invitation = make.invitation(
        edition=edition, person=guest, status="opened", may_send_deputy=True
    )
    deputy = {
        "name_native": hostile.KEPT["placeholders"],
        "name_latin": hostile.KEPT["attribute"],
        "email": "deputy@guests.example",
        "organization": hostile.KEPT["formula"],
        "title": hostile.KEPT["calendar"],
    }

    name_deputy(invitation.pk, deputy=deputy, language="en")

    message = Message.objects.get()
    text = message.text.replace("\u2060", "")
    assert f"Dear {deputy['name_latin']}," in text
    assert f"{guest.both_names} has named you" in text
    assert "<script>" not in message.html
    assert hostile.as_typed(message.html.replace("\u2060", ""), deputy["name_native"])


def test_name_filled_into_a_campaign_is_text_and_no_link():
    name = next(iter(PLACEHOLDERS))
    linked = [Piece("Dear "), Piece(LINK, name)]
    marked = [Piece("Dear "), Piece(hostile.ALL, name)]

    assert "http://evil" not in plain(linked)
    for is_marked in [False, True]:
        [paragraph] = paragraphs(marked, is_marked=is_marked)
        assert hostile.holes(paragraph.html) == []
        assert "evil.example" not in paragraphs(linked, is_marked=is_marked)[0].html
