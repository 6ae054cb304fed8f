"""The 2017 edition: its figures are those of the report, counted from rows."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from modeltranslation.translator import translator

from agreements.edition_2017.digest import digest
from agreements.edition_2017.load import load_edition
from agreements.edition_2017.load.forms import FormLetters
from agreements.models import Agreement, ExchangeRate
from attendees.models import CheckIn, FormField, Invitation, Person, Registration
from attendees.services import invitations
from attendees.services.registrations import CONFIRMED, letter_for
from events.figures import figures_of
from events.models import Appearance, Booking, Edition, Session
from hrconf.accounts.models import User
from hrconf.mailing.compose import compose
from hrconf.mailing.models import Message
from hrconf.mailing.unsubscribing import unsubscribe_link
from projects.models import Meeting, Project
from tests import make

pytestmark = pytest.mark.django_db

HANGZHOU = ZoneInfo("Asia/Shanghai")
MAY_BE_EMPTY = {
    "subtitle",
    "description",
    "help",
    "intro",
    "covers",
    "note",
    "abstract",
    "signer_title",
    "website",
    "portrait_alt",
    "plan_alt",
    "directions",
}


@pytest.fixture(scope="module", autouse=True)
def edition(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_edition()
        transaction.set_rollback(True)


# The figures of the report -----------------------------------------------------------


def test_figures_are_those_of_the_report(edition):
    figures = {figure.key: figure.value for figure in figures_of(edition).all}

    assert figures["attendees"] > 3000
    assert figures["projects"] > 1500
    assert {key: figures[key] for key in figures if key not in {"attendees", "projects"}} == {
        "invited_professionals": 498,
        "countries": 27,
        "agreements_signed": 206,
        "contract_volume_cny": Decimal("2930000000.00"),
        "contract_volume_usd": figures["contract_volume_usd"],
        "past_professionals": 3723,
        "past_associations": 101,
        "past_projects_signed": 937,
    }


def test_volume_in_dollars_is_442_1_million(edition):
    signed = edition.agreements.signed()

    dollars = signed.aggregate(total=Sum("amount_usd"))["total"]

    assert (dollars / 1_000_000).quantize(Decimal("0.1")) == Decimal("442.1")


def test_growth_is_that_of_the_press(edition):
    figures = figures_of(edition)

    assert figures["contract_volume_cny"].growth == Decimal("44.3")
    assert round(figures["agreements_signed"].growth) == 10
    # Nothing is known of the professionals of 2016 alone.
    assert figures["invited_professionals"].before is None


def test_cancelling_a_signed_agreement_lowers_the_figures(edition):
    agreement = edition.agreements.signed().first()
    Agreement.objects.filter(pk=agreement.pk).update(
        status="cancelled", cancelled_on=agreement.signed_on, cancel_reason="Test"
    )

    figures = figures_of(edition)

    assert figures["agreements_signed"].value == 205
    assert figures["contract_volume_cny"].value == 2_930_000_000 - agreement.amount_cny


def test_projects_are_of_the_four_sectors(edition):
    invited = Project.objects.invited().filter(edition=edition)

    assert set(invited.values_list("sector__parent__slug", flat=True)) == {
        "information",
        "biomedicine",
        "manufacturing",
        "finance",
    }


def test_four_in_five_signed_projects_are_of_priority_industries(edition):
    signed = edition.agreements.signed()

    assert signed.filter(sector__is_priority=True).count() / signed.count() >= 0.8


def test_signed_agreements_have_a_project_of_their_own_each(edition):
    signed = edition.agreements.signed()

    assert signed.values("project").distinct().count() == 206
    assert not signed.filter(project=None).exists()


def test_signed_amounts_are_in_three_currencies_at_recorded_rates(edition):
    signed = edition.agreements.signed()
    rates = dict(ExchangeRate.objects.filter(on="2017-11-08").values_list("currency", "rate"))

    used = set(signed.exclude(currency="CNY").values_list("currency", "rate"))

    assert used == set(rates.items())
    assert set(signed.values_list("usd_rate", flat=True)) == {rates["USD"]}


# Who came ------------------------------------------------------------------------------


def test_all_invited_professionals_are_at_the_opening(edition):
    seated = CheckIn.objects.filter(session__kind=Session.Kind.OPENING)

    assert seated.filter(registration__category__kind="professional").count() == 498


def test_day_of_arrival_means_the_arrival(edition):
    asked = FormField.objects.get(form__edition=edition, meaning=FormField.Meaning.ARRIVAL)

    assert asked.key == "arrival"
    assert Registration.objects.filter(
        answers__contains={asked.form.slug: {"arrival": "2017-11-07"}}
    ).exists()


def test_arrivals_come_in_a_curve_before_the_ceremony(edition):
    opening = CheckIn.objects.filter(session__kind=Session.Kind.OPENING)
    times = sorted(opening.values_list("at", flat=True))

    assert times[0] > datetime(2017, 11, 8, 7, 15, tzinfo=HANGZHOU)
    assert times[-1] < datetime(2017, 11, 8, 9, 30, tzinfo=HANGZHOU)
    half_hours = [0] * 5
    for at in times:
        half_hours[int((at - times[0]) / timedelta(minutes=30))] += 1
    assert max(half_hours) in half_hours[2:4]


def test_people_are_at_the_site_before_they_are_at_the_ceremony(edition):
    seated = CheckIn.objects.filter(session__kind=Session.Kind.OPENING)

    assert not seated.filter(at__lt=F("registration__arrived_at")).exists()


def test_nobody_could_ever_be_mailed():
    addresses = Person.objects.exclude(email="").values_list("email", flat=True)

    assert {address.rpartition(".")[2] for address in addresses} == {"example"}
    assert len(set(addresses)) == len(addresses)


def test_invitations_are_in_every_state_a_round_leaves(edition):
    states = set(Invitation.objects.filter(edition=edition).values_list("status", flat=True))

    assert states == set(Invitation.Status.values) - {"queued", "deputy"}


def test_five_hundred_drafts_wait_for_an_organizer(edition):
    assert edition.invitations.filter(status="draft").exclude(person__email="").count() == 500


# The programme ------------------------------------------------------------------------


def test_no_room_is_taken_twice(edition):
    sessions = Session.objects.filter(edition=edition, booking__room__isnull=False)
    by_room: dict[int, list] = {}
    for room, during in sessions.values_list("booking__room", "booking__during"):
        by_room.setdefault(room, []).append(during)

    for spans in by_room.values():
        spans.sort(key=lambda during: during.lower)
        assert all(first.upper <= second.lower for first, second in pairwise(spans))


def test_no_speaker_is_in_two_places(edition):
    parts = Appearance.objects.filter(session__edition=edition)
    by_speaker: dict[int, list] = {}
    for speaker, during in parts.values_list("speaker", "session__booking__during"):
        by_speaker.setdefault(speaker, []).append(during)

    for spans in by_speaker.values():
        spans.sort(key=lambda during: during.lower)
        assert all(first.upper <= second.lower for first, second in pairwise(spans))


def test_nobody_has_two_meetings_at_one_time(edition):
    meetings = Meeting.objects.filter(edition=edition, booking__isnull=False)
    taken = [
        (person, during.lower)
        for holder, counterpart, during in meetings.values_list(
            "project__holder", "counterpart__person", "booking__during"
        )
        for person in (holder, counterpart)
    ]

    assert len(set(taken)) == len(taken)


def test_programme_is_released_and_lasts_three_days(edition):
    release = edition.releases.get()
    days = {
        during.lower.astimezone(HANGZHOU).day
        for during in Booking.objects.filter(session__edition=edition).values_list(
            "during", flat=True
        )
    }

    assert release.number == 1
    assert days == {8, 9, 10}


def test_seats_do_not_exceed_what_a_session_holds(edition):
    taken = edition.sessions.filter(needs_seat=True).annotate(
        taken=Count("seats", filter=Q(seats__status="confirmed"))
    )

    assert taken.exists()
    assert not taken.filter(taken__gt=F("capacity")).exists()


def test_help_is_there_in_both_languages_or_in_neither(edition):
    for name in ["help", "label"]:
        halves = FormField.objects.filter(Q(**{f"{name}_en": ""}) ^ Q(**{f"{name}_zh_hans": ""}))
        assert not halves.exists()


def test_every_word_is_there_in_both_languages(edition):
    """Of all models with two languages; a person's title may be missing in neither."""
    empty = []
    for model in translator.get_registered_models(abstract=False):
        for name in translator.get_options_for_model(model).fields:
            if name in MAY_BE_EMPTY:
                continue
            gaps = model._default_manager.filter(
                Q(**{f"{name}_en": ""})
                | Q(**{f"{name}_zh_hans": ""})
                | Q(**{f"{name}_en": None})
                | Q(**{f"{name}_zh_hans": None})
            )
            empty += [(model.__name__, name, gaps.count())] if gaps.exists() else []

    assert empty == []


# One person's thread, and the mail -----------------------------------------------------


def test_demo_guest_went_the_whole_way(edition):
    guest = Person.objects.get(user__email="guest@hrconf.example")

    project = guest.projects.first()
    agreement = project.agreements.get()

    assert guest.invitations.get().status == "accepted"
    assert guest.registrations.get().arrived_at
    assert agreement.status == "signed"
    assert agreement.meeting.status == "held"
    assert (
        agreement.meeting.booking.during.upper <= agreement.signed_at_session.booking.during.lower
    )


def test_confirmations_sent_are_those_the_services_write(edition):
    first, second = Registration.objects.confirmed().filter(edition=edition)[:2]
    second.person.name_native = second.person.name_latin = "Ann <b>O'Neill</b> of x.com"
    second.person.preferred_language = first.person.preferred_language
    forms = FormLetters()
    forms.write(CONFIRMED, letter_for(first), "all")
    second.category = first.category

    written = forms.write(CONFIRMED, letter_for(second), "all")

    assert words(written) == words(compose(CONFIRMED, letter_for(second)))


def test_invitations_sent_are_those_the_services_write(edition):
    sent = Invitation.objects.filter(edition=edition, person__preferred_language="zh-hans")
    first, second = sent.exclude(association=None).order_by("association", "pk")[:200:199]
    forms = FormLetters()
    forms.write("invitation", invitations.letter_for(first), "all")

    written = forms.write("invitation", invitations.letter_for(second), "all")

    assert first.association != second.association
    assert words(written) == words(compose("invitation", invitations.letter_for(second)))


def words(message: Message) -> tuple[str, str, str]:
    """What a letter says; where its own link to unsubscribe stands, that it is its own."""
    own = unsubscribe_link(message.message_id, message.language)
    text, html = (part.replace(own, "own link") for part in [message.text, message.html])
    return message.subject, text, html


def test_everyone_with_a_place_was_told(edition):
    confirmed = Registration.objects.confirmed().filter(edition=edition).count()

    assert Message.objects.filter(kind=CONFIRMED, state="sent").count() == confirmed
    assert not Message.objects.due().exists()


# The command --------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_loading_twice_changes_nothing():
    before = Person.objects.count()

    assert "there already" in run("load_edition_2017")
    assert run("load_edition_2017", "--if-missing") == ""
    assert Person.objects.count() == before


def test_replacing_gives_the_same_rows_and_touches_no_other_edition(edition, settings):
    settings.DEMO = settings.DEBUG = False
    kept = make.registration(edition=make.edition(slug="2018"))
    User.objects.filter(email="reader@hrconf.example").delete()
    before = digest(edition)

    run("load_edition_2017", "--replace")

    again = Edition.objects.get(slug="2017")
    assert again.pk != edition.pk
    assert digest(again) == before
    assert Registration.objects.filter(pk=kept.pk).exists()
    # Outside a demo, nobody is given a password that everyone can read.
    assert not User.objects.get(email="reader@hrconf.example").has_usable_password()


def test_closing_words_name_every_account(settings):
    settings.DEMO = True

    words = run("demo_accounts")

    assert {"organizer@", "staff@", "desk@", "press@", "guest@", "juror@"} <= {
        line.split("hrconf.example")[0].strip() for line in words.splitlines()
    }
