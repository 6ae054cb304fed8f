"""Waiting lists and places in the office."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendees.models import Registration, Seat, TakenChoice, Wait
from attendees.services.capacity import places_of
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
LIST = "admin:attendees_wait_changelist"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def wait_for(category, **fields) -> Wait:
    place = make.registration(edition=category.edition, category=category, status="waitlisted")
    return Wait.objects.create(registration=place, category=category, **fields)


@pytest.fixture
def category():
    return make.category(make.edition(), capacity=2, name_en="Investors")


def offered(**fields) -> dict:
    now = timezone.now()
    return {"state": "offered", "offered_at": now, "offer_until": now + timedelta(days=2), **fields}


def test_list_tells_the_place_in_line_and_who_is_there_now(organizer, category):
    first, second = wait_for(category), wait_for(category, lead=1)
    holding = wait_for(category, **offered())
    wait_for(category, state="left", ended_at=timezone.now())

    page = organizer.get(reverse(LIST))

    assert list(page.context["cl"].result_list) == [second, first, holding]
    text = page.content.decode()
    assert "1 of 2" in text
    assert "moved ahead" in text
    assert len(organizer.get(reverse(LIST), {"state": "left"}).context["cl"].result_list) == 1


def test_list_is_filtered_by_what_is_waited_for(organizer, category):
    wanted = wait_for(category)
    wait_for(make.category(make.edition(), capacity=1))

    page = organizer.get(reverse(LIST), {"thing": f"category-{category.pk}"})

    assert list(page.context["cl"].result_list) == [wanted]


def press(client, deed: str, wait: Wait, **filled):
    url = reverse(f"admin:attendees_wait_{deed}")
    return client.post(url, {"ids": wait.pk, "confirm": "1", **filled}, follow=True)


def test_place_is_offered_out_of_turn_only_with_a_reason(organizer, category):
    wait_for(category)
    wanted = wait_for(category)

    page = press(organizer, "offer", wanted, reason="")
    assert "This field is required" in page.content.decode()
    wanted.refresh_from_db()
    assert wanted.state == "waiting"
    press(organizer, "offer", wanted, reason="Opens the forum")

    wanted.refresh_from_db()
    assert wanted.state == "offered"
    assert wanted.steps.get().reason == "Opens the forum"
    assert Message.objects.get().kind == "waiting_offer"


def test_offer_shows_its_mail_before_it_goes(organizer, category):
    wait = wait_for(category)

    page = organizer.get(f"{reverse('admin:attendees_wait_offer')}?ids={wait.pk}")

    assert "a place has become free for you" in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("deed", ["front", "take_off", "lengthen"])
def test_each_deed_is_kept_with_its_reason_and_name(organizer, category, deed):
    wait = wait_for(category, **(offered() if deed == "lengthen" else {}))

    press(organizer, deed, wait, reason="As they asked", days="3")

    step = wait.steps.get()
    assert (step.reason, step.by.email) == ("As they asked", make_user(organizer).email)
    page = organizer.get(reverse("admin:attendees_wait_change", args=[wait.pk]))
    assert "As they asked" in page.content.decode()


def make_user(client):
    from hrconf.accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_registration_is_put_in_line_for_a_choice(organizer):
    form = make_forms.form()
    hotel = make_forms.question(form, "hotel", "choice", choices=[("lake", 1)])
    place = make_forms.registration(form, status="confirmed")
    filled = {"choice": hotel.choices.get().pk, "reason": ""}

    organizer.post(
        reverse("admin:attendees_registration_line"), {"ids": place.pk, "confirm": "1", **filled}
    )

    assert Wait.objects.get().choice == hotel.choices.get()


# Places at a glance -----------------------------------------------------------------------


@pytest.fixture
def limited(category):
    """A category, a choice and a session with places, taken, offered and waited for."""
    edition = category.edition
    make.registration(edition=edition, category=category)
    wait_for(category, **offered())
    wait_for(category)
    form = make_forms.form(edition=edition)
    hotel = make_forms.question(form, "hotel", "choice", choices=[("lake", 5), "none"])
    place = Registration.objects.filter(edition=edition).first()
    TakenChoice.objects.create(registration=place, choice=hotel.choices.get(key="lake"))
    session = make.session(edition=edition, capacity=10)
    Seat.objects.create(registration=place, session=session)
    return edition


def test_every_limited_thing_tells_taken_offered_waiting_and_free(limited):
    told = [(p.name, p.places, p.taken, p.offered, p.waiting, p.free) for p in places_of(limited)]

    assert told[:2] == [("Investors", 2, 1, 1, 1, 0), ("Lake", 5, 1, 0, 0, 4)]
    assert told[2][1:] == (10, 1, 0, 0, 9)


def test_places_cost_the_same_however_many_things_there_are(organizer, limited):
    at_one = queries_of(organizer, limited)
    form = limited.forms.get()
    for n in range(5):
        make_forms.question(form, f"q{n}", "choice", choices=[("a", 1), ("b", 2)])
        session = make.session(edition=limited, capacity=3)
        Seat.objects.create(registration=Registration.objects.first(), session=session)

    assert queries_of(organizer, limited) == at_one


def queries_of(client, edition) -> int:
    address = reverse("admin:attendees_category_places")
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address, {"edition": edition.slug})
    assert page.status_code == 200
    return len(seen)


def test_number_of_who_waits_leads_to_the_list_of_them(organizer, limited, category):
    page = organizer.get(
        reverse("admin:attendees_category_places"), {"edition": limited.slug}
    ).content.decode()

    address = f"{reverse(LIST)}?thing=category-{category.pk}&amp;state=waiting"
    assert address in page
    shown = organizer.get(address.replace("&amp;", "&")).context["cl"].result_list
    assert len(shown) == 1
