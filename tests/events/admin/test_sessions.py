"""Sessions and releases in the office."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.models import Booking, Release, Session
from hrconf.accounts.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
RELEASE = "admin:events_release_add"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def save(client, session: Session, **changes):
    """Save a session's form as the browser would send it, with changes."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    formsets = {
        f"{prefix}-{name}": value
        for prefix in ["appearances", "stops"]
        for name, value in empty.items()
    }
    fields = {
        "title_en": session.title_en,
        "title_zh_hans": session.title_zh_hans,
        "kind": session.kind,
        "code": session.code,
        "language": session.language,
        "minutes": session.minutes,
        "starts_at": "",
        "room": "",
    }
    url = reverse("admin:events_session_change", args=[session.pk])
    response = client.post(url, {**fields, **formsets, **changes}, follow=True)
    session.refresh_from_db()
    return response


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_time_is_typed_as_the_clocks_of_the_host_city_show_it(organizer):
    session = make.session(edition=make.edition(time_zone="Europe/Berlin"))
    room = make.room()

    save(organizer, session, starts_at="2017-11-08T09:30", room=room.pk, minutes=90)

    during = session.booking.during
    assert during.lower == datetime(2017, 11, 8, 8, 30, tzinfo=UTC)
    assert during.upper == datetime(2017, 11, 8, 10, 0, tzinfo=UTC)
    assert session.booking.room == room


def test_a_draft_may_clash_and_the_office_is_told(organizer):
    room = make.room()
    other = make.session(starts_at=make.OPENING, room=room)
    session = make.session(edition=other.edition)

    response = save(organizer, session, starts_at="2017-11-08T09:30", room=room.pk)

    assert session.booking is not None
    assert any("Clash" in text and other.title_en in text for text in texts(response))


def test_a_released_session_moves_in_the_draft_and_the_office_is_told_of_the_clash(organizer):
    room = make.room()
    taken = make.session(starts_at=make.OPENING, room=room)
    session = make.session(edition=taken.edition, starts_at=make.OPENING, room=make.room())
    Booking.objects.update(is_firm=True)
    before = session.booking

    response = save(organizer, session, starts_at="2017-11-08T09:30", room=room.pk)

    assert (session.booking.room, session.booking.is_firm) == (room, False)
    assert session.held == before
    assert any("Clash" in text for text in texts(response))


def test_a_room_needs_a_time(organizer):
    session = make.session()

    response = save(organizer, session, room=make.room().pk)

    assert "starts_at" in response.context["adminform"].form.errors


def test_a_draft_gives_its_time_back(organizer):
    session = make.session(starts_at=make.OPENING, room=make.room())

    save(organizer, session)

    assert session.booking is None


def test_confirming_and_cancelling_are_deeds(organizer):
    session = make.session(status="draft")
    url = reverse("admin:events_session_changelist")

    organizer.post(url, {"action": "confirm", "_selected_action": [session.pk]})
    session.refresh_from_db()
    assert session.status == Session.Status.CONFIRMED

    organizer.post(url, {"action": "cancel", "_selected_action": [session.pk]})
    session.refresh_from_db()
    assert session.status == Session.Status.CANCELLED


def test_release_shows_what_changes_and_then_makes_it_so(organizer):
    edition = make.edition()
    make.session(edition=edition, starts_at=make.OPENING, room=make.room())
    organizer.post(reverse(RELEASE), {"name_en": "First", "name_zh": "第一版"})
    new = make.session(edition=edition, starts_at=make.OPENING, room=make.room())

    page = organizer.get(reverse(RELEASE))
    news = page.context["look"].news
    assert [(one.labels, str(one.session.title)) for one in news] == [(["New"], new.title_en)]
    organizer.post(reverse(RELEASE), {})

    assert list(Release.objects.values_list("number", "name_en")) == [
        (2, "Release 2"),
        (1, "First"),
    ]


def test_release_with_a_clash_is_refused_with_the_names(organizer):
    edition, room = make.edition(), make.room()
    sessions = [make.session(edition=edition, starts_at=make.OPENING, room=room) for _ in range(2)]

    page = organizer.get(reverse(RELEASE))
    organizer.post(reverse(RELEASE), {})

    assert sessions[0].title_en in page.context["look"].clashes[0]
    assert Release.objects.count() == 0


@pytest.mark.parametrize("role", [Role.DESK, Role.READ_ONLY, Role.STAFF])
def test_who_may_not_release_is_refused(client, role):
    make.session(starts_at=make.OPENING)
    client.force_login(make.office(role))

    assert client.get(reverse(RELEASE)).status_code == 403
    assert client.post(reverse(RELEASE), {}).status_code == 403
    assert Release.objects.count() == 0


def test_language_of_a_session_is_chosen_by_name(organizer):
    session = make.session(edition=make.edition(), language="ja")
    url = reverse("admin:events_session_change", args=[session.pk])

    form = organizer.get(url).context["adminform"].form

    assert list(form.fields["language"].choices) == [
        ("zh-hans", "Chinese"),
        ("en", "English"),
        ("ja", "Japanese"),
        ("", "Not known"),
    ]
