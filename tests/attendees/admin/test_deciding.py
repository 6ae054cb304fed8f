"""Deciding on one registration after the other, without going back to the list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendees.models import Category, Companion, Duplicate, Registration, Wait
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
START = "admin:attendees_registration_deciding"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def edition():
    return make.edition()


def pending(edition, count: int, **fields) -> list[Registration]:
    """Registrations that wait, the oldest first."""
    now = timezone.now() - timedelta(days=1)
    return [
        make.registration(
            edition=edition, status="pending", created_at=now + timedelta(minutes=n), **fields
        )
        for n in range(count)
    ]


def url(row, **query) -> str:
    text = "&".join(f"{key}={value}" for key, value in query.items())
    address = reverse("admin:attendees_registration_decide", args=[row.pk])
    return f"{address}?{text}" if text else address


def start(edition) -> str:
    return f"{reverse(START)}?edition={edition.slug}"


def test_fifty_are_decided_in_a_row_without_the_list(organizer, edition):
    rows = pending(edition, 50)

    page = organizer.get(start(edition))
    seen = []
    while "/decide/?" not in page.url:
        seen.append(page.url)
        page = organizer.post(page.url, {"deed": "approve"})

    assert seen == [url(row) for row in rows]
    assert set(Registration.objects.values_list("status", flat=True)) == {"confirmed"}
    assert Message.objects.filter(kind="registration_confirmed").count() == 50
    assert "Nobody waits for a decision." in organizer.get(page.url).content.decode()


def test_next_and_before_follow_the_order_of_the_queue(organizer, edition):
    first, middle, last = pending(edition, 3)
    make.registration(edition=edition)  # decided
    make.registration(status="pending")  # of another edition

    page = organizer.get(url(middle))

    assert (page.context["before_url"], page.context["after_url"]) == (url(first), url(last))
    assert "2 of 3 to decide" in page.content.decode()


def test_after_the_last_come_those_that_were_skipped(organizer, edition):
    first, last = pending(edition, 2)

    answer = organizer.post(url(last), {"deed": "decline"})

    assert answer.url == url(first)


def test_one_category_alone_is_gone_through(organizer, edition):
    press = make.category(edition, Category.Kind.PRESS)
    a, b = pending(edition, 2, category=press)
    pending(edition, 1)

    answer = organizer.post(url(a, category=press.pk), {"deed": "approve"})
    assert answer.url == url(b, category=press.pk)
    done = organizer.post(answer.url, {"deed": "approve"})
    page = organizer.get(done.url).url

    assert "category" not in page  # on with the others


def test_word_is_in_the_letter_and_the_mails_can_be_looked_at_first(organizer, edition):
    (row,) = pending(edition, 1)

    page = organizer.post(url(row), {"look": "1", "reason": "Bring <b>samples</b>"})
    text = page.content.decode()

    assert text.count("Bring &lt;b&gt;samples&lt;/b&gt;") == 3  # the box, yes and no
    assert not Message.objects.exists()
    organizer.post(url(row), {"deed": "approve", "reason": "Bring <b>samples</b>"})
    assert "Bring <b>samples</b>" in Message.objects.get().text


def test_who_was_decided_meanwhile_is_not_decided_again(organizer, edition):
    first, second = pending(edition, 2)
    Registration.objects.filter(pk=first.pk).update(status="declined", decided_at=timezone.now())

    answer = organizer.post(url(first), {"deed": "approve"}, follow=True)

    first.refresh_from_db()
    assert first.status == "declined"
    assert answer.redirect_chain == [(url(second), 302)]
    assert "declined already" in answer.content.decode()


def test_full_category_takes_nobody_more_but_has_a_line(organizer, edition):
    category = make.category(edition, capacity=1)
    make.registration(edition=edition)
    (row,) = pending(edition, 1)

    page = organizer.get(url(row)).content.decode()
    assert "Approve: no place left in the category" in page
    refused = organizer.post(url(row), {"deed": "approve"})
    assert refused.status_code == 200
    organizer.post(url(row), {"deed": "waitlist", "reason": "Soon"})

    row.refresh_from_db()
    assert row.status == "waitlisted"
    assert Wait.objects.get().category == category
    mail = Message.objects.get()
    assert mail.kind == "registration_waitlisted"
    assert "Soon" in mail.text


def test_nobody_waits_where_there_is_a_place(organizer, edition):
    make.category(edition, capacity=5)
    (row,) = pending(edition, 1)

    organizer.post(url(row), {"deed": "waitlist"})

    row.refresh_from_db()
    assert row.status == "pending"
    assert not Wait.objects.exists()


def test_page_tells_doubles_earlier_editions_invitation_answers_and_companions(organizer):
    form = make_forms.form()
    question(form, "diet")
    invitation = make.invitation(
        edition=form.edition, association=make.association(name_en="Alumni of Delft")
    )
    row = make_forms.registration(
        form,
        status="pending",
        person=invitation.person,
        invitation=invitation,
        answers={form.slug: {"diet": "Halal"}},
    )
    Companion.objects.create(registration=row, name="Li Na")
    other = make.person(name_native="", name_latin="Same Body")
    make.registration(edition=form.edition, person=other)
    Duplicate.objects.create(first=row.person, second=other, score=80, reasons=["email"])
    before = make.edition(year=2015)
    make.registration(edition=before, person=row.person, arrived_at=timezone.now())

    page = organizer.get(url(row)).content.decode()

    for told in ["Same Body", "same e-mail address", "registered for this edition: Confirmed"]:
        assert told in page
    for told in ["Alumni of Delft", "Halal", "Li Na", "<strong>2015</strong>", "came"]:
        assert told in page


def test_page_costs_the_same_whatever_there_is_to_tell(organizer, edition):
    row = pending(edition, 1)[0]
    more_to_tell(row)
    queries_of(organizer, row)
    at_one = queries_of(organizer, row)

    for _n in range(8):
        more_to_tell(row)

    assert queries_of(organizer, row) == at_one


def more_to_tell(row: Registration) -> None:
    other = make.person()
    Duplicate.objects.create(first=row.person, second=other, score=80, reasons=["name"])
    make.registration(edition=row.edition, person=other)
    earlier = make.edition(year=2000 + make.number() % 90)
    sent = make.invitation(edition=earlier, person=row.person, association=make.association())
    make.registration(edition=earlier, person=row.person, invitation=sent)
    pending(row.edition, 1)


def queries_of(client, row) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url(row)).status_code == 200
    return len(seen)
