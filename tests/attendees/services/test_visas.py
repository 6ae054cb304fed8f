"""Visa letters: asked for, issued with the next number, revoked, deleted, never in clear."""

import logging
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
import zxingcpp
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from attendees.admin import deeds
from attendees.admin.visa_deeds import ISSUE
from attendees.models import VisaLetter, VisaRequest, VisaReveal
from attendees.services import visa_letters
from attendees.services.erasing import erase_person
from attendees.services.letters import visa_check_link
from attendees.services.own_data import own_data
from attendees.services.passports import (
    delete_passport_data,
    masked_name,
    open_passport,
    open_pdf,
    reveal_letter,
    reveal_passport,
)
from attendees.services.registrations import cancel_registration, decline_registrations
from attendees.services.visa_letters import (
    decline_request,
    issue_letter,
    letter_by_code,
    replace_letter,
    revoke_letter,
)
from attendees.services.visas import ask_visa_letter, end_visas, withdraw_visa_request
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.lib.sealing import unseal
from hrconf.mailing.models import Message
from hrconf.office import doing
from hrconf.office.doing import order_deed
from hrconf.office.models import DoneDeed
from tests import make
from tests.attendees import make_visas
from tests.attendees.make_visas import NUMBER

pytestmark = pytest.mark.django_db
SECRETS = [NUMBER, "Anna Maria Lindqvist", "Polismyndigheten", "1980-02-29"]


@pytest.fixture
def drawn(monkeypatch):
    """A letter without the half second that drawing takes."""
    monkeypatch.setattr(visa_letters, "draw_visa_letter", lambda *args: make_visas.PDF)


def code_of(deed, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as refusal:
        deed(*args, **kwargs)
    return refusal.value.code


def places_of(words: list[str]) -> list[str]:
    """Every table and column that holds one of the words, files' bytes included."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for column in model._meta.concrete_fields:
                name = f'"{column.column}"'
                text = f"encode({name}, 'escape')" if is_bytes(column) else f"{name}::text"
                ways = " OR ".join([f"{text} ILIKE %s"] * len(words))
                sql = f'SELECT count(*) FROM "{model._meta.db_table}" WHERE {ways}'
                cursor.execute(sql, [f"%{word}%" for word in words])
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{column.name}")
    return found


def is_bytes(column) -> bool:
    return column.get_internal_type() == "BinaryField"


def texts_of(pdf: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in pages]
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]


# Asking -------------------------------------------------------------------------------------


def test_guest_from_abroad_asks_and_the_number_is_kept_sealed():
    place = make_visas.registration()

    request = ask_visa_letter(place.pk, make_visas.passport(place))

    assert (request.state, request.hint, request.masked_number) == ("asked", "482", "••••••482")
    assert open_passport(request) == make_visas.passport(place)
    assert NUMBER not in request.sealed
    assert places_of(SECRETS) == []


@pytest.mark.parametrize(
    ("country", "status", "code"),
    [("SE", "pending", "not_confirmed"), ("CN", "confirmed", "host")],
)
def test_only_approved_guests_from_abroad_may_ask(country, status, code):
    place = make_visas.registration(person=make.person(country=country), status=status)

    assert code_of(ask_visa_letter, place.pk, make_visas.passport(place)) == code
    assert VisaRequest.objects.count() == 0


def test_nobody_asks_once_the_conference_is_over():
    gone = timezone.localdate() - timedelta(days=9)
    place = make_visas.registration(edition=make.edition(starts_on=gone, ends_on=gone))

    assert code_of(ask_visa_letter, place.pk, make_visas.passport(place)) == "over"


def test_data_can_be_corrected_until_the_letter_is_issued(drawn):
    place = make_visas.registration()
    request = ask_visa_letter(place.pk, make_visas.passport(place))
    again = ask_visa_letter(place.pk, make_visas.passport(place, number="ZK0000111"))
    assert again.pk == request.pk
    assert open_passport(again).number == "ZK0000111"

    issue_letter(request.pk, by=None)

    assert code_of(ask_visa_letter, place.pk, make_visas.passport(place)) == "visa_issued"
    assert code_of(withdraw_visa_request, place.pk) == "visa_issued"


def test_who_withdraws_takes_the_passport_data_along():
    request = make_visas.visa_request()

    withdraw_visa_request(request.registration_id)

    request.refresh_from_db()
    assert (request.state, request.sealed, request.hint) == ("withdrawn", "", "")
    assert request.deleted_at is not None


# Issuing ------------------------------------------------------------------------------------


def test_letter_says_in_both_languages_what_the_consulate_compares(settings):
    settings.BASE_URL = "https://conference.example"
    person = make.person(name_native="", name_latin="Anna Lindqvist", country="SE")
    place = make_visas.registration(
        edition=make_visas.edition(name_en="Talent Conference", name_zh_hans="人才大会"),
        person=person,
    )
    request = make_visas.visa_request(place)

    letter = issue_letter(request.pk, by=make.organizer())

    pdf = open_pdf(letter)
    english, chinese = texts_of(pdf)
    for words in [
        "Invitation letter for a visa application",
        f"No. {letter.reference}",
        "Talent Conference",
        "Anna Maria Lindqvist",
        NUMBER,
        "Sweden",
        "29 February 1980",
        "Stockholm, Sweden",
        letter.code_in_groups,
    ]:
        assert words in english
    assert "conference.example/en/" in english.replace(" ", "")
    for words in ["签证邀请函", letter.reference, "人才大会", NUMBER, "瑞典", "1980年2月29日"]:
        assert words in chinese.replace(" ", "")
    [code] = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert code.text == visa_check_link(letter, "en")


@pytest.mark.parametrize(
    "text",
    ['#eval("1") *b* $x$ @ref <l> \\', "Å" * 80, "W" * 100, "\u202elive nekorb\u0000", "欧阳锦瑟"],
)
def test_letter_is_two_pages_whatever_was_typed(text):
    place = make_visas.registration(
        person=make.person(
            country="SE",
            **{
                name: (text * 9).replace("\0", "")[:200] for name in ["organization_en", "title_en"]
            },
        )
    )
    passport = make_visas.passport(place, name="M" * 80, issued_in=text, consulate=text)
    request = ask_visa_letter(place.pk, passport)

    letter = issue_letter(request.pk, by=None)

    assert len(texts_of(open_pdf(letter))) == 2


def test_numbers_follow_each_other_within_an_edition(drawn):
    days, other = make_visas.edition(), make_visas.edition(year=2031, slug="2031")
    keys = [
        make_visas.visa_request(make_visas.registration(edition=one)).pk
        for one in [days, days, other]
    ]

    letters = [issue_letter(pk, by=None) for pk in keys]

    assert [letter.reference for letter in letters] == [
        f"HZ{days.slug.upper()}-V-0001",
        f"HZ{days.slug.upper()}-V-0002",
        "HZ2031-V-0001",
    ]


def test_letter_that_cannot_be_drawn_takes_no_number(monkeypatch, drawn):
    request = make_visas.visa_request()

    def fails(*args):
        raise ValidationError("no", code="failed")

    with monkeypatch.context() as broken:
        broken.setattr(visa_letters, "draw_visa_letter", fails)
        assert code_of(issue_letter, request.pk, by=None) == "failed"

    assert issue_letter(request.pk, by=None).number == 1


def test_guest_is_told_by_mail_without_the_letter_in_it(drawn):
    request = make_visas.visa_request()

    letter = issue_letter(request.pk, by=make.organizer())

    message = Message.objects.get()
    assert (message.kind, message.state) == ("visa_letter", "queued")
    assert letter.reference in message.subject
    assert "/visa/" in message.text
    assert message.attachments.count() == 0


@pytest.mark.parametrize(
    ("state", "code"), [("issued", "visa_issued"), ("declined", "visa_declined")]
)
def test_letter_is_issued_to_who_waits_for_one_only(drawn, state, code):
    request = make_visas.visa_request(state=state)

    assert code_of(issue_letter, request.pk, by=None) == code


def test_no_letter_for_who_lost_the_place(drawn):
    request = make_visas.visa_request()
    type(request.registration).objects.update(status="pending")

    assert code_of(issue_letter, request.pk, by=None) == "not_confirmed"


def test_job_issues_many_and_does_the_rest_when_started_again(drawn):
    days = make_visas.edition()
    requests = [make_visas.visa_request(make_visas.registration(edition=days)) for _n in range(3)]
    keys = [request.pk for request in requests]
    issue_letter(keys[1], by=None)
    by = make.organizer()
    job = order_deed(ISSUE, "attendees.visarequest", keys, by=by, filled={})

    run(job.pk)
    Job.objects.update(state="waiting", finished_at=None)
    run(job.pk)

    job.refresh_from_db()
    assert job.state == "done", job.error
    assert sorted(VisaLetter.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert set(VisaLetter.objects.exclude(number=1).values_list("issued_by", flat=True)) == {by.pk}


# A letter never changes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"reference": "HZ1-V-9"},
        {"code": "A" * 12},
        {"sha256": "0" * 64},
        {"sealed_pdf": b"other"},
        {"holder": "B•••"},
        {"issued_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_letter_in_the_register_never_changes(change):
    letter = make_visas.letter()

    with pytest.raises(IntegrityError), transaction.atomic():
        VisaLetter.objects.filter(pk=letter.pk).update(**change)


def test_letter_is_never_deleted_nor_its_revocation_undone():
    letter = make_visas.letter(revoked_at=timezone.now(), revoke_reason="Wrong name")

    with pytest.raises(IntegrityError), transaction.atomic():
        VisaLetter.objects.filter(pk=letter.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisaLetter.objects.filter(pk=letter.pk).update(revoked_at=None)


def test_guest_has_one_letter_that_holds():
    request = make_visas.visa_request(state="issued")
    make_visas.letter(request)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_visas.letter(request)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"sealed": "", "hint": ""},
        {"hint": ""},
        {"state": "withdrawn"},
        {"state": "declined", "decided_at": None},
        {"deleted_at": timezone.now()},
    ],
)
def test_database_refuses_requests_that_cannot_be(nonsense):
    request = make_visas.visa_request()

    with pytest.raises(IntegrityError), transaction.atomic():
        VisaRequest.objects.filter(pk=request.pk).update(**nonsense)


# Revoking, replacing, declining -----------------------------------------------------------------


def test_revoked_letter_is_told_and_the_guest_asks_again(drawn):
    place = make_visas.registration()
    request = ask_visa_letter(place.pk, make_visas.passport(place))
    first = issue_letter(request.pk, by=None)

    revoke_letter(request.pk, reason="The name is misspelt", by=make.organizer())

    first.refresh_from_db()
    request.refresh_from_db()
    assert first.revoked_at
    assert first.revoke_reason == "The name is misspelt"
    assert request.state == "revoked"
    assert "The name is misspelt" in Message.objects.get(kind="visa_revoked").text
    ask_visa_letter(place.pk, make_visas.passport(place))
    assert issue_letter(request.pk, by=None).number == 2


def test_replaced_letter_takes_a_new_number_and_ends_the_old_one(drawn):
    request = make_visas.visa_request()
    old = issue_letter(request.pk, by=None)

    new = replace_letter(request.pk, reason="The title was wrong", by=make.organizer())

    old.refresh_from_db()
    assert (old.revoked_at is not None, new.number, new.code != old.code) == (True, 2, True)
    assert request.letters.valid().get() == new


def test_declined_guest_reads_the_word_and_may_correct():
    request = make_visas.visa_request()

    decline_request(request.pk, reason="The passport ends too soon", by=make.organizer())

    request.refresh_from_db()
    assert (request.state, request.note) == ("declined", "The passport ends too soon")
    assert "The passport ends too soon" in Message.objects.get(kind="visa_declined").text
    ask_visa_letter(request.registration_id, make_visas.passport(request.registration))
    request.refresh_from_db()
    assert request.state == "asked"


@pytest.mark.parametrize("way", ["cancelled", "declined"])
def test_who_gives_the_place_up_loses_letter_and_passport_data(drawn, settings, way):
    settings.UNDO_SECONDS = 0
    request = make_visas.visa_request()
    letter = issue_letter(request.pk, by=None)
    assert end_visas() == 0

    if way == "cancelled":
        cancel_registration(request.registration_id)
    else:
        decline_registrations([request.registration_id], by=make.organizer())

    assert not letter_by_code(letter.edition, letter.code).holds  # at once
    assert end_visas() == 1
    letter.refresh_from_db()
    request.refresh_from_db()
    assert letter.revoked_at is not None
    assert (request.state, request.sealed, bytes(letter.sealed_pdf)) == ("withdrawn", "", b"")


def test_as_long_as_a_deed_can_be_undone_nothing_is_deleted():
    """A deed to many rows takes a while: what counts is its own window, not when a row was hit."""
    request = make_visas.visa_request()
    keys = [request.registration_id]
    office = "attendees.registration"
    done = doing.do_deed(deeds.DECLINE, office, keys, by=make.organizer(), given={}).done_deed
    until = done.done_at + timedelta(hours=1)
    DoneDeed.objects.filter(pk=done.pk).update(undo_until=until)

    with time_machine.travel(until - timedelta(seconds=1), tick=False):
        assert end_visas() == 0
    request.refresh_from_db()
    assert request.sealed

    with time_machine.travel(until, tick=False):
        assert end_visas() == 1
    request.refresh_from_db()
    assert request.sealed == ""


def test_place_that_is_given_back_keeps_its_visa():
    request = make_visas.visa_request()
    by, keys = make.organizer(), [request.registration_id]
    done = doing.do_deed(deeds.DECLINE, "attendees.registration", keys, by=by, given={}).done_deed

    doing.undo(done.pk, by=by)

    assert end_visas() == 0
    request.refresh_from_db()
    assert request.sealed


def test_guest_who_cancels_has_nothing_to_undo_and_their_data_go_at_once(settings):
    settings.UNDO_SECONDS = 600
    request = make_visas.visa_request()

    cancel_registration(request.registration_id)

    assert end_visas() == 1
    request.refresh_from_db()
    assert request.sealed == ""


# Checking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [str, str.lower, "-".join, "ＡＢ".join])
def test_code_is_found_however_it_is_typed(way):
    letter = make_visas.letter(code="ABCDEFGHJKMN")
    typed = {"-".join: "ABCD-EFGH JKMN", "ＡＢ".join: "ＡＢＣＤefghJKMN"}.get(way)

    found = letter_by_code(letter.edition, typed or way(letter.code))

    assert found == letter
    assert letter_by_code(make.edition(), letter.code) is None
    assert letter_by_code(letter.edition, letter.reference) is None


# Looking at passport data ------------------------------------------------------------------------


def test_reveal_needs_a_reason_and_is_written_down():
    request, by = make_visas.visa_request(), make.organizer()

    for reason in ["", "      ", "why not", "x" * 301]:
        assert code_of(reveal_passport, request.pk, reason=reason, by=by) == "reason"
    assert VisaReveal.objects.count() == 0

    passport = reveal_passport(request.pk, reason="Compare with the copy", by=by)

    assert passport.number == NUMBER
    seen = VisaReveal.objects.get()
    assert (seen.request, seen.by, seen.what) == (request, by, "data")
    assert seen.reason == "Compare with the copy"


def test_letter_of_a_guest_is_looked_at_with_a_reason_too():
    letter, by = make_visas.letter(), make.organizer()

    found, pdf = reveal_letter(letter.request_id, reason="The consulate calls", by=by)

    assert (found, pdf) == (letter, make_visas.PDF)
    assert VisaReveal.objects.get().what == "letter"


@pytest.mark.parametrize("text", [f"Compare {NUMBER} please", "number zk-771 9482 is unclear"])
def test_number_is_never_written_into_a_reason(text):
    request, by = make_visas.visa_request(), make.organizer()
    held = make_visas.letter().request

    assert code_of(reveal_passport, request.pk, reason=text, by=by) == "number_in_clear"
    assert code_of(decline_request, request.pk, reason=text, by=by) == "number_in_clear"
    assert code_of(revoke_letter, held.pk, reason=text, by=by) == "number_in_clear"
    assert code_of(replace_letter, held.pk, reason=text, by=by) == "number_in_clear"


def test_log_of_looks_can_only_grow():
    request = make_visas.visa_request()
    reveal_passport(request.pk, reason="Compare with the copy", by=make.organizer())

    for change in [{"reason": "Another one"}, {"at": timezone.now()}, {"what": "letter"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            VisaReveal.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisaReveal.objects.all().delete()


# Never in clear, and gone at the end --------------------------------------------------------------


def test_passport_data_are_nowhere_in_clear(drawn, caplog):
    caplog.set_level(logging.DEBUG)
    place, by = make_visas.registration(), make.organizer()
    request = ask_visa_letter(place.pk, make_visas.passport(place))
    job = order_deed(ISSUE, "attendees.visarequest", [request.pk], by=by, filled={})
    run(job.pk)
    reveal_passport(request.pk, reason="Compare with the copy", by=by)
    replace_letter(request.pk, reason="Another position", by=by)

    assert places_of(SECRETS) == []
    assert not [word for word in SECRETS if word in caplog.text]
    assert not [word for word in SECRETS if word in repr(make_visas.passport(place))]


def test_scan_would_find_what_is_written_in_clear():
    make_visas.visa_request(note=f"Passport {NUMBER}")

    assert places_of(SECRETS) == ["attendees.VisaRequest.note"]


def test_key_that_is_being_replaced_still_opens(settings):
    request = make_visas.visa_request()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]

    assert open_passport(request).number == NUMBER


def test_data_sealed_for_visas_open_for_nothing_else():
    request = make_visas.visa_request()

    with pytest.raises(InvalidToken):
        unseal(request.sealed, purpose="mfa")


def held(letter: VisaLetter, days_ago: int) -> None:
    """Let the letter's edition have ended so many days ago."""
    ended = timezone.localdate() - timedelta(days=days_ago)
    type(letter.edition).objects.filter(pk=letter.edition_id).update(
        starts_on=ended - timedelta(days=2), ends_on=ended
    )


def test_passport_data_are_deleted_so_many_days_after_the_edition(settings):
    settings.VISA_KEEP_DAYS = 30
    old, new = make_visas.letter(), make_visas.letter()
    held(old, days_ago=32)
    held(new, days_ago=28)

    assert delete_passport_data() == 1
    assert delete_passport_data() == 0

    old.refresh_from_db()
    new.refresh_from_db()
    request = VisaRequest.objects.get(pk=old.request_id)
    assert (request.sealed, request.hint, request.state) == ("", "", "issued")
    assert (bytes(old.sealed_pdf), old.holder) == (b"", "")
    assert all([old.reference, old.code, old.sha256])
    assert bytes(new.sealed_pdf)
    assert code_of(open_passport, request) == "visa_no_data"


def test_after_deletion_not_even_the_end_of_the_number_is_anywhere():
    request = make_visas.visa_request(state="issued")
    held(make_visas.letter(request), days_ago=90)
    end = "#§4"  # which occurs in no ciphertext by chance
    VisaRequest.objects.update(hint=end)
    assert places_of([end]) == ["attendees.VisaRequest.hint"]

    delete_passport_data()

    assert places_of([end, NUMBER]) == []


def test_erased_guest_leaves_a_line_in_the_register(drawn):
    request, by = make_visas.visa_request(), make.organizer()
    letter = issue_letter(request.pk, by=by)
    reveal_passport(request.pk, reason="Anna Lindqvist called", by=by)

    erase_person(request.registration.person_id, reason="Asked by letter", by=by)

    letter.refresh_from_db()
    request.refresh_from_db()
    assert (request.sealed, request.hint, bytes(letter.sealed_pdf)) == ("", "", b"")
    assert (letter.number, letter.holder, VisaReveal.objects.get().reason) == (1, "", "—")
    assert places_of([*SECRETS, "Anna Lindqvist"]) == []


@pytest.mark.parametrize("is_opened", [True, False])
def test_own_data_hold_the_passport_for_the_guest_alone(is_opened):
    letter = make_visas.letter()

    sections = own_data(letter.request.registration.person, is_opened=is_opened)

    titles = {section.title for section in sections}
    assert {"Visa letter requests", "Visa letters"} <= titles
    assert any(NUMBER in str(section.rows) for section in sections) is is_opened


def test_masked_name_tells_first_letters_only():
    assert masked_name("Anna Maria O'Neil-Öz") == "A••• M••• O•••"
