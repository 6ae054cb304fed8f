"""A category's words in place of our first paragraph; never evaluated, never a hole."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from attendees.models import CategoryMail, Registration
from attendees.services.category_mails import openings
from attendees.services.places import complete_registration
from attendees.services.registrations import (
    approve_registration,
    decline_registrations,
    registrations_shown,
)
from attendees.services.waitlisting import waitlist_registrations
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
Status = Registration.Status
# What begins our own mail, and what stays after the office's words.
OURS = {
    "received": ("It has reached us", "your personal page"),
    "confirmed": ("We are pleased to confirm", "badge code"),
    "declined": ("Thank you for your interest", "on another occasion"),
    "waitlisted": ("At present all places", "place in line"),
}


def words(registration, occasion: str, **texts) -> CategoryMail:
    return CategoryMail.objects.create(category=registration.category, occasion=occasion, **texts)


def send(registration, occasion: str) -> Message:
    """Let a registration come as far as the mail of an occasion."""
    by = make.organizer()
    if occasion == "received":
        complete_registration(registration.pk, details={})
    elif occasion == "confirmed":
        approve_registration(registration.pk, by=by)
    elif occasion == "declined":
        decline_registrations([registration.pk], by=by)
    else:
        waitlist_registrations([registration.pk], by=by)
    return Message.objects.get()


def place(occasion: str = "confirmed", **person) -> Registration:
    category = make.category(make.edition(), capacity=0 if occasion == "waitlisted" else None)
    status = Status.INCOMPLETE if occasion == "received" else Status.PENDING
    return make.registration(
        edition=category.edition, category=category, status=status, person=make.person(**person)
    )


@pytest.mark.parametrize("occasion", OURS)
def test_words_stand_in_place_of_our_first_paragraph_and_the_rest_stays(occasion):
    registration = place(occasion)
    words(registration, occasion, text_en="Dear friend from {organization},\n\nwelcome.")

    message = send(registration, occasion)

    ours, rest = OURS[occasion]
    for part in [message.text, message.html]:
        assert "Dear friend from" in part
        assert ours not in part
    assert rest in message.text


@pytest.mark.parametrize("occasion", OURS)
def test_words_of_another_occasion_category_or_language_change_nothing(occasion):
    registration, other = place(occasion), place(occasion)
    words(other, occasion, text_en="Not for you")
    words(registration, occasion, text_zh_hans="欢迎")
    later = next(one for one in OURS if one != occasion)
    words(registration, later, text_en="Not now")

    message = send(registration, occasion)

    assert OURS[occasion][0] in message.text
    assert not any(one in message.text for one in ["Not for you", "Not now", "欢迎"])


def test_words_are_never_evaluated():
    registration = place(organization="{badge} {{ 7|add:1 }} <b>x</b>")
    words(registration, "confirmed", text_en="{{ edition.pk }} {% now %} {organization} <i>")

    message = send(registration, "confirmed")

    assert "{{ edition.pk }} {% now %} {badge} {{ 7|add:1 }}" in message.text
    assert "&lt;b&gt;x&lt;/b&gt; &lt;i&gt;" in message.html


def test_who_lacks_what_the_words_name_reads_our_own_paragraph():
    registration = place()
    words(registration, "confirmed", text_en="Answer by {deadline}: {answer_link}")

    message = send(registration, "confirmed")

    assert OURS["confirmed"][0] in message.text
    assert "Answer by" not in message.text


def test_words_cost_one_query_for_any_number_of_letters():
    first = place()
    for _n in range(7):
        make.registration(edition=first.edition, category=first.category, status=Status.PENDING)
    words(first, "confirmed", text_en="{name} of {sender}: {registration_link}")
    rows = list(registrations_shown())

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = openings(rows, "confirmed")

    assert (len(queries), len(found)) == (1, 8)


@pytest.mark.parametrize("again", ["confirmed", "promoted"])
def test_database_keeps_one_row_for_each_known_occasion(again):
    registration = place()
    words(registration, "confirmed")

    with pytest.raises(IntegrityError), transaction.atomic():
        words(registration, again)
