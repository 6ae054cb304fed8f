"""Stages of a registration: what is asked after a place is confirmed, and asking for it again."""

from datetime import date

import pytest
from django.urls import reverse
from time_machine import travel

from attendees.admin.deeds import ASK
from attendees.services.stages import ask_for_missing, preview_asking, stages_of
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from hrconf.office.doing import do_deed, undo
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with travel("2017-10-01T02:00Z", tick=False) as moment:
        yield moment


@pytest.fixture
def edition():
    return make.edition()


def asked(edition, slug: str, **fields):
    """A form that is asked of confirmed professionals."""
    names = {"name_en": slug.title(), "name_zh_hans": f"表{slug}"}
    form = make_forms.form(edition=edition, slug=slug, **names, **fields)
    form.asked_after.add(make.category(edition))
    return form


def confirmed(edition, **fields):
    return make.registration(edition=edition, **fields)


def test_stages_tell_what_is_answered_missing_late_and_to_come(edition):
    asked(edition, "hotel", position=1)
    asked(edition, "travel", position=2, due_on=date(2017, 10, 20))
    asked(edition, "visa", position=3, due_on=date(2017, 9, 20))
    registration = confirmed(edition, answers={"hotel": {}})

    told = [(stage.title, stage.state) for stage in stages_of(registration)]

    assert told == [
        ("Registration sent", "done"),
        ("Confirmed", "done"),
        ("Hotel", "done"),
        ("Travel", "missing"),
        ("Visa", "late"),
        ("Arrived", "later"),
    ]


def test_nothing_is_missing_before_a_place_is_confirmed(edition):
    asked(edition, "travel")
    registration = confirmed(edition, status="pending")

    assert [stage.state for stage in stages_of(registration)] == ["done", "later", "later", "later"]
    assert preview_asking([registration.pk]).left_out == [(registration, "not_confirmed")]


def test_people_are_asked_for_what_is_missing_and_within_a_day_once(edition, clock):
    asked(edition, "travel", due_on=date(2017, 10, 20))
    asked(edition, "hotel")
    person = make.person(preferred_language="zh-hans")
    one = confirmed(edition, person=person, answers={"hotel": {}})
    done = confirmed(edition, answers={"hotel": {}, "travel": {}})
    by = make.organizer()

    ask_for_missing([one.pk, done.pk], by=by)
    with pytest.raises(DomainError):
        ask_for_missing([one.pk], by=by)
    clock.move_to("2017-10-02T03:00Z")
    ask_for_missing([one.pk], by=by)

    assert Message.objects.count() == 2
    mail = Message.objects.first()
    assert (mail.kind, mail.language) == ("missing_answers", "zh-hans")
    assert "表travel" in mail.text
    assert "2017年10月20日" in mail.text
    assert "forms/travel/" in mail.text
    assert "表hotel" not in mail.text


def test_asking_that_is_undone_mails_nobody_and_can_be_done_again(edition):
    asked(edition, "travel")
    one, by = confirmed(edition), make.organizer()

    for _again in range(2):
        done = do_deed(ASK, "attendees.registration", [one.pk], by=by, given={}).done_deed
        undo(done.pk, by=by)

    assert list(Message.objects.values_list("state", flat=True)) == ["cancelled"] * 2


def test_who_has_no_address_is_left_out(edition):
    asked(edition, "travel")
    silent = confirmed(edition, person=make.person(email=""))

    assert preview_asking([silent.pk]).left_out == [(silent, "no_email")]


def test_asking_many_costs_the_same_as_asking_few(edition, django_assert_num_queries):
    asked(edition, "travel")
    keys = [confirmed(edition).pk for _n in range(12)]

    # registrations, forms and of whom they are asked, mails of the last day
    with django_assert_num_queries(4):
        preview_asking(keys)


def test_stages_stand_on_the_pages_of_the_registration_and_the_person(client, edition):
    client.force_login(make.organizer())
    asked(edition, "travel")
    registration = confirmed(edition)
    pages = [("registration", registration.pk), ("person", registration.person_id)]

    for model, key in pages:
        page = client.get(reverse(f"admin:attendees_{model}_change", args=[key]))
        text = page.content.decode()
        assert "Travel" in text
        assert "journey-missing" in text
    page = client.get(reverse("admin:attendees_registration_change", args=[registration.pk]))
    assert reverse("admin:attendees_registration_ask") in page.content.decode()
