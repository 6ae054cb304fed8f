"""Campaigns in the office: chosen, written, looked at, let go, held and ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendees.models import Audience, Campaign, Person
from attendees.services.campaigns import schedule_campaign, write_chunk
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.mailing.models import Message, Suppression
from hrconf.mailing.suppressions import stop
from tests import make
from tests.attendees import make_campaigns

pytestmark = pytest.mark.django_db
State = Campaign.State


@pytest.fixture
def organizer(client):
    client.organizer = make.organizer()
    client.force_login(client.organizer)
    return client


def guests(campaign: Campaign, count: int) -> list[Person]:
    rows = [make.invitation(edition=campaign.edition, status="sent") for _ in range(count)]
    return [row.person for row in rows]


def page(name: str, row, **query) -> str:
    model = row._meta.model_name
    address = reverse(f"admin:attendees_{model}_{name}", args=[row.pk])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()))


def text_of(response) -> str:
    return response.content.decode()


def written(campaign: Campaign, **changes) -> dict:
    """The form of a campaign, filled in."""
    return {
        "edition": campaign.edition_id,
        "audience": campaign.audience_id,
        "name_en": "Welcome",
        "name_zh_hans": "欢迎",
        "subject_en": "See you in {city}",
        "subject_zh_hans": "{city}见",
        "text_en": "Dear {name}",
        "text_zh_hans": "{name}，您好",
        **changes,
    }


# Audiences ------------------------------------------------------------------------------


def test_audience_is_chosen_by_filters_and_lists_who_is_left_out_and_why(organizer):
    edition = make.edition()
    going = make.invitation(edition=edition, status="accepted")
    without = make.invitation(edition=edition, status="accepted", person=make.person(email=""))
    gone = make.invitation(edition=edition, status="accepted")
    stop(gone.person.email, Suppression.Reason.UNSUBSCRIBED)
    other = make.invitation(edition=edition, status="sent")
    add = reverse("admin:attendees_audience_add")
    form = {"edition": edition.pk, "name": "Those who come", "source": "invitations"}

    response = organizer.post(add, form)
    audience = Audience.objects.get()
    assert response.url == page("change", audience).rstrip("?")
    response = organizer.post(response.url, {"name": audience.name, "filter_status": ["accepted"]})

    audience.refresh_from_db()
    assert audience.filters == {"status": ["accepted"]}
    shown = text_of(organizer.get(response.url))
    assert other.person.name_latin not in shown
    for one in [going, without, gone]:
        assert one.person.name_latin in shown
    assert "no e-mail address" in shown
    assert "has unsubscribed" in shown


def test_filter_that_is_no_choice_is_refused_and_nothing_changes(organizer):
    audience = make_campaigns.audience(filters={"status": ["sent"]})

    response = organizer.post(
        page("change", audience), {"name": audience.name, "filter_status": ["president"]}
    )

    assert "president is not one of the available choices" in text_of(response)
    audience.refresh_from_db()
    assert audience.filters == {"status": ["sent"]}


def test_audience_that_a_campaign_is_on_its_way_to_stays_as_it_is(organizer):
    campaign = make_campaigns.campaign()
    at = timezone.now() + timedelta(hours=1)
    schedule_campaign(campaign.pk, by=organizer.organizer, at=at)

    response = organizer.post(page("change", campaign.audience), {"name": "Other"})

    assert response.status_code == 403
    assert "stays as it is" in text_of(organizer.get(page("change", campaign.audience)))


# Writing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "{nome} is no placeholder"), ("zh-hans", "占位符")],
)
def test_unknown_placeholder_is_named_next_to_its_field_and_what_was_typed_stays(
    organizer, language, says
):
    organizer.cookies["django_language"] = language
    campaign = make_campaigns.campaign()
    add = reverse("admin:attendees_campaign_add")

    response = organizer.post(add, written(campaign, subject_en="Hello {nome}"))

    errors = response.context["adminform"].form.errors
    assert set(errors) == {"subject_en"}
    assert says in str(errors["subject_en"])
    assert "Hello {nome}" in text_of(response)
    assert Campaign.objects.count() == 1


def test_audience_of_another_edition_is_refused(organizer):
    campaign, foreign = make_campaigns.campaign(), make_campaigns.audience()
    add = reverse("admin:attendees_campaign_add")

    response = organizer.post(add, written(campaign, audience=foreign.pk))

    assert set(response.context["adminform"].form.errors) == {"audience"}


def test_placeholders_are_listed_where_the_texts_are_written(organizer):
    shown = text_of(organizer.get(reverse("admin:attendees_campaign_add")))

    assert '<code data-placeholder="{answer_link}">{answer_link}</code>' in shown


def test_campaign_that_goes_out_is_no_longer_changed(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 1)
    schedule_campaign(campaign.pk, by=organizer.organizer)

    response = organizer.post(page("change", campaign), written(campaign))

    assert response.status_code == 403


# Looking --------------------------------------------------------------------------------


def test_letter_is_shown_as_any_recipient_gets_it_with_what_was_filled_in_marked(organizer):
    campaign = make_campaigns.campaign(text_en="Hello {name}: {answer_link}")
    first, second = guests(campaign, 2)

    shown = text_of(organizer.get(page("preview", campaign, person=second.pk)))

    assert f"Hello <mark>{second.name_latin}</mark>" in shown
    assert f'rel="prev" href="?person={first.pk}"' in shown
    assert "/…/</mark>" in shown


def test_letter_is_shown_in_the_other_language_with_its_buttons(organizer):
    campaign = make_campaigns.campaign(text_zh_hans="您好\n\n{answer_link}")
    (person,) = guests(campaign, 1)

    shown = text_of(organizer.get(page("preview", campaign, person=person.pk, language="zh-hans")))

    assert "答复邀请" in shown
    assert "尊敬的" in shown


def test_recipient_is_found_by_name_and_nobody_else_is(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 1)
    lin = make.person(name_latin="Siyuan Lin", name_native="林思源")
    make.invitation(edition=campaign.edition, status="sent", person=lin)
    make.person(name_latin="Siyuan Wang")

    response = organizer.get(page("preview", campaign, q="siyuan"))

    assert list(response.context["found"]) == [lin]


def test_name_as_an_attack_is_text_in_the_letter_and_in_the_list(organizer):
    campaign = make_campaigns.campaign(text_en="{name} {organization}")
    person = make.person(name_latin="<img src=x> {badge}", organization="<script>1</script>")
    make.invitation(edition=campaign.edition, status="sent", person=person)

    for name in ["preview", "send"]:
        shown = text_of(organizer.get(page(name, campaign)))
        assert "<img src=x>" not in shown
        assert "<script>1" not in shown
        assert "&lt;img src=x&gt; {badge}" in shown


def test_test_letter_goes_to_oneself_alone(organizer):
    campaign = make_campaigns.campaign()
    (person,) = guests(campaign, 1)

    organizer.post(page("deed", campaign), {"test": "1", "person": person.pk, "language": "en"})

    message = Message.objects.get()
    assert message.to_address == organizer.organizer.email
    assert message.subject == f"[Test] News for {person.name_latin}"


# Letting go -----------------------------------------------------------------------------


def test_page_before_sending_counts_and_lists_page_by_page(organizer, monkeypatch):
    monkeypatch.setattr("attendees.admin.audiences.LINES_PER_PAGE", 2)
    campaign = make_campaigns.campaign()
    people = guests(campaign, 3)
    without = make.person(email="")
    make.invitation(edition=campaign.edition, status="sent", person=without)

    first = organizer.get(page("send", campaign))
    second = text_of(organizer.get(page("send", campaign, page=2)))

    assert "Send 3 letters" in text_of(first)
    assert people[0].name_latin in text_of(first)
    assert people[2].name_latin in second
    assert without.name_latin in second
    assert "no e-mail address" in second


@pytest.mark.parametrize("name", ["send", "preview"])
def test_page_costs_the_same_however_many_people(organizer, name):
    campaign = make_campaigns.campaign(text_en="{answer_link}")
    counts = []
    for more in [1, 19]:
        guests(campaign, more)
        organizer.get(page(name, campaign))
        with CaptureQueriesContext(connection) as seen:
            organizer.get(page(name, campaign))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_campaign_is_let_go_at_once(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 2)

    organizer.post(page("send", campaign), {"when": "now", "confirm": "1"})
    organizer.post(page("send", campaign), {"when": "now", "confirm": "1"})  # pressed twice

    campaign.refresh_from_db()
    assert (campaign.state, len(campaign.recipients)) == (State.SENDING, 2)
    assert Job.objects.filter(kind="campaign").count() == 1


def test_campaign_is_scheduled_on_the_clock_of_the_edition(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 1)
    form = {"when": "later", "day": "2117-11-08", "hour": "09:30", "confirm": "1"}

    organizer.post(page("send", campaign), form)

    campaign.refresh_from_db()
    assert campaign.state == State.SCHEDULED
    assert campaign.send_at.isoformat() == "2117-11-08T01:30:00+00:00"


def test_time_that_is_past_or_missing_is_named_next_to_its_field(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 1)

    past = organizer.post(
        page("send", campaign), {"when": "later", "day": "2017-11-08", "hour": "09:30"}
    )
    missing = organizer.post(page("send", campaign), {"when": "later", "day": "2117-11-08"})

    assert set(past.context["form"].errors) == {"day"}
    assert 'value="2017-11-08"' in text_of(past)
    assert set(missing.context["form"].errors) == {"hour"}


def test_progress_is_shown_and_buttons_hold_resume_and_end_it(organizer):
    campaign = make_campaigns.campaign()
    guests(campaign, 3)
    schedule_campaign(campaign.pk, by=organizer.organizer)
    write_chunk(campaign.pk)
    Message.objects.filter(pk=Message.objects.first().pk).update(
        state="sent", sent_at=timezone.now()
    )

    shown = text_of(organizer.get(page("change", campaign)))
    states = []
    for deed in ["pause", "resume", "stop", "resume"]:
        organizer.post(page("deed", campaign), {deed: "1"})
        states.append(Campaign.objects.get().state)

    assert '<progress max="3" value="1"' in shown
    assert states == [State.PAUSED, State.SENDING, State.STOPPED, State.STOPPED]
    assert Message.objects.filter(state="cancelled").count() == 2


def test_who_may_only_look_sees_letters_and_no_button_that_sends(client):
    campaign = make_campaigns.campaign()
    guests(campaign, 1)
    client.force_login(make.office(Role.READ_ONLY))

    shown = text_of(client.get(page("preview", campaign))) + text_of(
        client.get(page("send", campaign))
    )

    assert 'name="test"' not in shown
    assert 'name="confirm"' not in shown
