"""The page of the next release: what changes, who is told in which words, when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from attendees.models import Seat
from events.models import Booking, PlannedRelease, Release, Session
from events.services.releases import release_schedule
from hrconf.jobs.models import Job
from hrconf.mailing.models import Message
from tests import make
from tests.events.make_programmes import conference

pytestmark = pytest.mark.django_db
ADD = "admin:events_release_add"
NEXT_YEAR = timezone.now().date() + timedelta(days=365)


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def edition():
    """A conference to come, released, with the forum moved since."""
    made = conference()
    made.starts_on = made.ends_on = NEXT_YEAR
    made.save()
    made.speakers.filter(code="wang-jianguo").update(email="wang@speakers.example")
    forum = made.sessions.get(code="life-forum")
    guest = make.person(email="guest@people.example", name_latin="Ann Guest")
    registration = make.registration(edition=made, status="confirmed", person=guest)
    Seat.objects.create(session=forum, registration=registration)
    later = make.booking(starts_at=make.OPENING + timedelta(days=1, hours=6)).during
    Booking.objects.filter(pk=forum.booking_id).update(during=later)
    return made


def look(client, **query):
    return client.get(reverse(ADD), query)


def typed(page, **changes) -> dict:
    """What the browser would send of the page's form."""
    form = page.context["form"]
    given = {
        "name_en": "", "name_zh": "", "note_en": "", "note_zh": "",
        "groups": ["speakers", "seat_holders"], "due_at": "",
        "seen": form["seen"].value(),
    }  # fmt: skip
    return given | changes


def test_page_shows_old_and_new_time_who_is_told_and_the_mail(organizer, edition):
    page = look(organizer)

    found = page.context["look"]
    (news,) = found.news
    assert (news.kinds, news.was.start.hour, news.now.start.hour) == (("moved",), 9, 15)
    told = {one.group.name: [n.reader.name for n in one.told] for one in found.groups}
    assert told == {"speakers": ["王建国"], "seat_holders": ["Ann Guest"], "starred": []}
    text = page.content.decode()
    assert "Hangzhou Conference: your sessions in the new programme" in text
    assert "杭州大会：新日程中您的场次" in text
    assert not Message.objects.exists()


def test_mail_on_the_page_hides_the_personal_link(organizer, edition):
    (english,) = [one for one in look(organizer).context["look"].samples if one.language == "en"]

    assert "/registration/…" in english.text


def test_release_orders_the_mails_as_work_one_can_watch(organizer, edition):
    page = look(organizer)

    response = organizer.post(reverse(ADD), typed(page, note_en="Sorry", note_zh="抱歉"))

    release = edition.releases.newest_first()[0]
    job = Job.objects.get(kind="release_news")
    assert response["Location"] == reverse("jobs:job", args=[job.pk])
    assert (release.note_en, release.note_zh_hans) == ("Sorry", "抱歉")
    assert release.groups == ["speakers", "seat_holders"]


def test_what_changed_while_one_looked_is_shown_again_and_nothing_typed_is_lost(organizer, edition):
    page = look(organizer)
    edition.sessions.filter(code="opening").update(title_en="Grand opening")

    again = organizer.post(reverse(ADD), typed(page, name_en="Final", note_zh="说明"))

    assert again.status_code == 422
    assert edition.releases.count() == 1
    text = again.content.decode()
    assert "changed while you looked" in text
    assert 'value="Final"' in text
    assert "说明" in text
    assert "Grand opening" in text
    assert organizer.post(reverse(ADD), typed(again, name_en="Final")).status_code == 302
    assert edition.releases.newest_first()[0].name_en == "Final"


def test_release_is_planned_as_the_clocks_of_the_host_city_show(organizer, edition):
    at = f"{NEXT_YEAR}T08:00"

    organizer.post(reverse(ADD), typed(look(organizer), due_at=at, name_en="Timed"))

    plan = PlannedRelease.objects.get()
    assert plan.due_at == datetime.combine(NEXT_YEAR, datetime.min.time(), tzinfo=UTC)
    assert (plan.name_en, plan.groups) == ("Timed", ["speakers", "seat_holders"])
    assert edition.releases.count() == 1
    assert "08:00" in look(organizer).content.decode()


@pytest.mark.parametrize("due_at", ["2017-01-01T08:00", "next week"])
def test_time_that_is_none_or_past_is_refused_beside_its_field(organizer, edition, due_at):
    page = organizer.post(reverse(ADD), typed(look(organizer), due_at=due_at, name_en="Kept"))

    assert page.status_code == 422
    assert "due_at" in page.context["form"].errors
    assert 'value="Kept"' in page.content.decode()
    assert not PlannedRelease.objects.exists()


def test_plan_is_withdrawn_on_the_page(organizer, edition):
    organizer.post(reverse(ADD), typed(look(organizer), due_at=f"{NEXT_YEAR}T08:00"))
    plan = PlannedRelease.objects.get()

    organizer.post(f"{reverse(ADD)}?edition={edition.pk}", {"withdraw": plan.pk})

    plan.refresh_from_db()
    assert plan.state == "withdrawn"


def test_putting_back_shows_what_is_lost_and_then_does_it(organizer, edition):
    release_schedule(edition.pk)
    edition.sessions.filter(code="opening").update(title_en="Never released")

    page = look(organizer, edition=edition.pk, back=1)

    found = page.context["look"]
    assert [one.session.code for one in found.news] == ["life-forum"]
    assert [str(one.session.title) for one in found.lost] == ["Never released"]
    assert Session.objects.get(code="opening").title_en == "Never released"  # only looked at
    url = f"{reverse(ADD)}?edition={edition.pk}&back=1"
    organizer.post(url, typed(page))
    third = edition.releases.newest_first()[0]
    assert (third.number, third.restores.number) == (3, 1)
    assert Session.objects.get(code="opening").title_en == "Opening ceremony"


def test_what_cannot_be_put_back_is_said(organizer, edition):
    hall = edition.sessions.get(code="opening").booking.room
    Booking.objects.filter(room=hall).update(room=make.room())
    hall.delete()

    assert "is gone" in look(organizer, edition=edition.pk, back=1).content.decode()
    assert look(organizer, edition=edition.pk, back=9).status_code == 404
    assert look(organizer, edition=edition.pk, back="x").status_code == 404


def test_nobody_is_chosen_to_be_told_of_a_conference_that_is_over(organizer, edition):
    edition.starts_on = edition.ends_on = make.OPENING.date()
    edition.save()

    assert look(organizer).context["form"]["groups"].value() == []


def test_page_costs_the_same_however_much_changes(
    organizer, edition, django_assert_max_num_queries
):
    for sessions in (1, 20):
        for _each in range(sessions):
            made = make.session(edition=edition, starts_at=make.OPENING, room=make.room())
            speaker = make.speaker(edition=edition, email=f"s{made.pk}@speakers.example")
            make.appearance(session=made, speaker=speaker)
        with django_assert_max_num_queries(38):
            look(organizer)
    assert Release.objects.count() == 1
