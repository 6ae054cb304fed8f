"""Rules of reminders in the office: they look forward, and show who is next."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from time_machine import travel

from attendees.models import ReminderRule
from hrconf.mailing.models import Suppression
from hrconf.mailing.suppressions import stop
from tests import make
from tests.attendees import make_campaigns

pytestmark = pytest.mark.django_db
Kind = ReminderRule.Kind
NOW = datetime(2017, 10, 12, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_october():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def rule(**fields) -> ReminderRule:
    fields = {"active_since": datetime(2017, 9, 1, tzinfo=UTC), "days": 7, **fields}
    fields["edition"] = fields.get("edition") or make.edition()
    return ReminderRule.objects.create(**{"kind": Kind.INVITATION_UNANSWERED, **fields})


def invited(edition, country="CN", **fields):
    person = make.person(country=country)
    fields = {"sent_at": datetime(2017, 10, 2, tzinfo=UTC), "status": "sent", **fields}
    return make.invitation(edition=edition, person=person, **fields)


def next_page(made: ReminderRule) -> str:
    return reverse("admin:attendees_reminderrule_next", args=[made.pk])


def form_of(made: ReminderRule, **changes) -> dict:
    fields = ["kind", "days", "at_most", "quiet_from", "quiet_until"]
    written = {name: getattr(made, name) for name in fields}
    return {**written, "edition": made.edition_id, "is_active": "on", **changes}


def test_office_sees_who_is_reminded_next_who_sleeps_and_who_is_left_out(organizer):
    made = rule()
    day = invited(made.edition).person
    night = invited(made.edition, country="GB").person
    gone = invited(made.edition).person
    stop(gone.email, Suppression.Reason.UNSUBSCRIBED)

    shown = organizer.get(next_page(made))

    lines = {line.address: str(line.happens) for line, _pk, _goes in shown.context["lines"]}
    assert "Later" in lines[night.email]
    assert "Later" not in lines[day.email]
    assert "has unsubscribed" in lines[gone.email]
    assert shown.context["preview"].mails == 2


def test_office_sees_the_day_on_which_a_rule_runs_next(organizer):
    made = rule(kind=Kind.INVITATION_DEADLINE, days=3)
    invited(made.edition, answer_by=date(2017, 10, 25))

    shown = organizer.get(next_page(made)).content.decode()

    assert "Next on 22 Oct 2017" in shown


def test_rule_that_is_changed_looks_forward_from_now(organizer):
    made = rule()
    invited(made.edition)

    address = reverse("admin:attendees_reminderrule_change", args=[made.pk])
    organizer.post(address, form_of(made, at_most=3))
    made.refresh_from_db()
    assert made.active_since < NOW
    organizer.post(address, form_of(made, days=5))
    made.refresh_from_db()

    assert (made.days, made.active_since) == (5, NOW)
    assert (
        "nobody is reminded in the next 60 days" in organizer.get(next_page(made)).content.decode()
    )


def test_second_rule_that_is_the_same_is_refused_in_words(organizer):
    made = rule()

    response = organizer.post(reverse("admin:attendees_reminderrule_add"), form_of(made))

    assert "The edition has this rule." in response.content.decode()


def test_rule_takes_no_audience_of_another_edition(organizer):
    made, foreign = rule(), make_campaigns.audience()

    response = organizer.post(
        reverse("admin:attendees_reminderrule_add"), form_of(made, days=9, audience=foreign.pk)
    )

    assert set(response.context["adminform"].form.errors) == {"audience"}
