"""Removes the 2017 edition and whoever and whatever is known only from it."""

from django.db import connection, transaction
from django.db.models import Q

from agreements.edition_2017.load.city import SLUG
from agreements.models import Agreement, Party
from attendees.models import (
    CheckIn,
    ConsentText,
    Delegation,
    Form,
    FormField,
    GuestList,
    Invitation,
    Person,
    Registration,
    Seat,
    VisaLetter,
    VisaRequest,
    VisaReveal,
)
from events.models import Booking, Edition
from hrconf.mailing.models import Batch, Message
from projects.models import (
    Assignment,
    Call,
    Competition,
    Criterion,
    Decision,
    DecisionLetter,
    EligibilityCheck,
    EligibilityItem,
    Entry,
    Juror,
    Meeting,
    Prize,
    Project,
    Review,
    Reviewer,
    ReviewPhase,
    Round,
    Score,
    SelectionQuota,
    Vote,
)

CHUNK = 5000


@transaction.atomic
def remove_edition() -> None:
    """Delete the edition, from the top storey down. Parks, venues and logins stay."""
    edition = Edition.objects.get(slug=SLUG)
    people = set(people_of(edition))
    remove_agreements(edition)
    remove_screening(edition)
    remove_projects(edition)
    remove_attendance(edition)
    bookings = list(edition.sessions.values_list("booking", flat=True))
    edition.delete()
    Booking.objects.filter(pk__in=bookings).delete()
    remove_mail(people)
    remove_people(people)


def people_of(edition: Edition) -> list[int]:
    tied = Q(invitations__edition=edition) | Q(registrations__edition=edition)
    tied |= Q(projects__edition=edition) | Q(speakers__edition=edition)
    return list(Person.objects.filter(tied).values_list("pk", flat=True).distinct())


def remove_agreements(edition: Edition) -> None:
    parties = set(
        Party.objects.filter(sides__agreement__edition=edition).values_list("pk", flat=True)
    )
    Agreement.objects.filter(edition=edition).delete()
    Party.objects.filter(pk__in=parties, sides=None).delete()


def remove_projects(edition: Edition) -> None:
    bookings = list(Meeting.objects.filter(edition=edition).values_list("booking", flat=True))
    remove_competition(edition)
    Meeting.objects.filter(edition=edition).delete()
    Booking.objects.filter(pk__in=bookings).delete()
    Project.objects.filter(edition=edition).delete()
    Call.objects.filter(edition=edition).delete()


def remove_competition(edition: Edition) -> None:
    """The trail of scores is kept for good: only here it goes."""
    rounds = Round.objects.filter(competition__edition=edition)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrconf.removes_edition', 'on', true)")
    Score.objects.filter(round__in=rounds).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrconf.removes_edition', 'off', true)")
    for model in [Vote, Prize, Assignment, Juror, Entry, Criterion]:
        path = "entry__round__in" if model is Assignment else "round__in"
        model.objects.filter(**{path: rounds}).delete()
    rounds.delete()
    Competition.objects.filter(edition=edition).delete()


def remove_screening(edition: Edition) -> None:
    """Letters before their decisions, reviews before reviewers and phases."""
    DecisionLetter.objects.filter(edition=edition).delete()
    Decision.objects.filter(edition=edition).delete()
    Review.objects.filter(phase__edition=edition).delete()
    Reviewer.objects.filter(edition=edition).delete()
    EligibilityCheck.objects.filter(item__edition=edition).delete()
    for model in [EligibilityItem, ReviewPhase, SelectionQuota]:
        model.objects.filter(edition=edition).delete()


def remove_attendance(edition: Edition) -> None:
    CheckIn.objects.filter(registration__edition=edition).delete()
    Seat.objects.filter(registration__edition=edition).delete()
    remove_visas(edition)
    Registration.objects.filter(edition=edition).delete()
    Invitation.objects.filter(edition=edition).delete()
    Delegation.objects.filter(edition=edition).delete()
    GuestList.objects.filter(edition=edition).delete()
    remove_forms(edition)


def remove_visas(edition: Edition) -> None:
    """The register and the log of looks are kept for good: only here they go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrconf.removes_edition', 'on', true)")
    VisaReveal.objects.filter(request__registration__edition=edition).delete()
    VisaLetter.objects.filter(edition=edition).delete()
    VisaRequest.objects.filter(registration__edition=edition).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrconf.removes_edition', 'off', true)")


def remove_forms(edition: Edition) -> None:
    """Texts and questions go before what holds them."""
    edition.categories.update(form=None)
    ConsentText.objects.filter(field__form__edition=edition).delete()
    FormField.objects.filter(form__edition=edition).update(shown_if_field=None, shown_if=[])
    FormField.objects.filter(form__edition=edition).delete()
    Form.objects.filter(edition=edition).delete()


def remove_mail(people: set[int]) -> None:
    """Letters to these people, and batches that are empty then."""
    recipients = [f"person:{pk}" for pk in people]
    for start in range(0, len(recipients), CHUNK):
        Message.objects.filter(recipient__in=recipients[start : start + CHUNK]).delete()
    Batch.objects.filter(messages=None).delete()


def remove_people(people: set[int]) -> None:
    """People who are tied to no other edition."""
    unknown = Person.objects.filter(
        pk__in=people, invitations=None, registrations=None, projects=None, parties=None
    )
    unknown = unknown.filter(deputy_for=None, led_delegations=None)
    # What was merged or erased is in the books.
    unknown.filter(merges=None, merges_away=None, merged_from=None, erasures=None).delete()
