"""How to make one more row of each model that the office lists.

Every row gets relatives of its own, so that a list which asks for them one by
one is caught.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from attendees.models import (
    AnswerChange,
    Campaign,
    ColumnMap,
    Duplicate,
    Erasure,
    Form,
    GuestList,
    Invitation,
    Merge,
    ReminderRule,
    Seat,
    VisaLetter,
    VisaRequest,
    VisaReveal,
    Wait,
    WaitGroup,
)
from attendees.services.merging import merge_people
from events.models import Feedback, PlannedRelease, RecordedTotal, Release, ScheduleImport
from events.snapshots import freeze
from hrconf.mailing.models import Batch, Bounce, Suppression
from hrconf.office.models import DoneDeed
from projects.models import ProjectLink, ProjectList, ShowcasePage
from tests import make
from tests.attendees import make_campaigns, make_forms, make_seats, make_visas
from tests.projects import make_call, make_competition, make_screening, make_showcase

MORNING = datetime(2017, 11, 8, 1, tzinfo=UTC)


def recorded_total() -> RecordedTotal:
    return RecordedTotal.objects.create(
        series=make.series(),
        metric=RecordedTotal.Metric.ATTENDEES,
        first_year=2009,
        last_year=2016,
        value=Decimal(100),
        source="Office",
        recorded_by=make.user(),
    )


def release() -> Release:
    edition = make.edition()
    return Release.objects.create(
        edition=edition,
        number=1,
        name_en="First",
        snapshot=freeze(edition),
        sha256="0" * 64,
        released_by=make.user(),
    )


def feedback() -> Feedback:
    said = {"stars": 4, "text": "Clear and short.", "language": "en", "ticket": uuid4()}
    return Feedback.objects.create(session=make.session(edition=make.edition()), **said)


def planned_release() -> PlannedRelease:
    return PlannedRelease.objects.create(
        edition=make.edition(), due_at=MORNING, name_en="Final", planned_by=make.user()
    )


def booking():
    room = make.room()
    starts_at = MORNING + timedelta(days=make.number())
    return make.session(starts_at=starts_at, room=room).booking


def session():
    edition = make.edition()
    made = make.session(
        edition=edition, track=make.track(edition=edition), starts_at=MORNING, room=make.room()
    )
    make.appearance(session=made)
    return made


def bus():
    return make_seats.bus(make_seats.visit())


def speaker():
    return make.appearance().speaker


def invitation() -> Invitation:
    return make.invitation(
        association=make.association(), owner=make.user(), status=Invitation.Status.SENT
    )


def registration():
    sent = make.invitation(
        association=make.association(), owner=make.user(), status=Invitation.Status.ACCEPTED
    )
    return make.registration(
        edition=sent.edition,
        person=sent.person,
        invitation=sent,
        delegation=make.delegation(edition=sent.edition),
        decided_by=make.user(),
        arrived_at=MORNING,
    )


def seat() -> Seat:
    place = registration()
    return Seat.objects.create(registration=place, session=make.session(edition=place.edition))


def checkin():
    place = registration()
    return make.checkin(
        registration=place, session=make.session(edition=place.edition), by=make.user()
    )


def reminder_rule() -> ReminderRule:
    return ReminderRule.objects.create(
        edition=make.edition(), kind=ReminderRule.Kind.PROGRAMME_TOMORROW
    )


def category():
    return make.category(make.edition())


def meeting():
    made = make.meeting(booking=make.booking(room=make.room(), starts_at=MORNING))
    make.agreement(edition=made.edition, project=made.project, meeting=made)
    return made


def project():
    made = make.project()
    made.registration = make.registration(edition=made.edition, person=made.holder)
    made.save()
    make.meeting(project=made, booking=make.booking(room=make.room()))
    return made


def delegation():
    made = make.delegation(leader=make.person())
    make.registration(edition=made.edition, delegation=made)
    return made


def agreement():
    return make.agreement(
        project=make.project(),
        district=make.district(),
        park=make.park(),
        parties=[make.party(), make.party()],
    )


def party():
    return make.party(district=make.district(), person=make.person())


def exchange_rate():
    return make.rate(on=date(2000, 1, 1) + timedelta(days=make.number()))


def batch() -> Batch:
    return Batch.objects.create(kind="invitation", title="Round", created_by=make.user())


def done_deed() -> DoneDeed:
    return make.done_deed()


def message():
    return make.message(batch=batch())


def suppression() -> Suppression:
    letter = message()
    return Suppression.objects.create(
        address=letter.to_address,
        reason=Suppression.Reason.UNSUBSCRIBED,
        message=letter,
    )


def bounce() -> Bounce:
    letter = message()
    return Bounce.objects.create(
        message=letter, sort=Bounce.Sort.HARD, source="file", digest=f"{letter.pk:064}"
    )


def campaign() -> Campaign:
    """One that goes out: with a batch and a letter that has left."""
    made = make_campaigns.campaign(
        state="sending",
        batch=batch(),
        started_at=timezone.now(),
        send_at=timezone.now(),
        scheduled_by=make.user(),
    )
    make.message(batch=made.batch)
    return made


def guest_list() -> GuestList:
    number = make.number()
    return GuestList.objects.create(
        edition=make.edition(),
        name=f"guests-{number}.csv",
        sha256=f"{number:064}",
        uploaded_by=make.user(),
    )


def form() -> Form:
    made = make_forms.form()
    visa = make_forms.question(made, "visa", "choice", choices=["yes", ("no", 5)])
    make_forms.question(made, "city", shown_if_field=visa, shown_if=["yes"])
    category = make.category(made.edition)
    category.form = made
    category.save()
    made.asked_after.add(category)
    return made


def answer_change() -> AnswerChange:
    asked = make_forms.form()
    make_forms.question(asked, "hotel", "choice", choices=["lake", "hill"])
    place = make_forms.registration(asked, status="confirmed", answers={asked.slug: {}})
    change = {"before": {"hotel": "lake"}, "after": {"hotel": "hill"}, "state": "waiting"}
    return place.changes.create(form=asked, made_by=make.user(), **change)


def wait() -> Wait:
    asked = make_forms.form()
    hotel = make_forms.question(asked, "hotel", "choice", choices=[("lake", 1)])
    place = make_forms.registration(asked, status="confirmed")
    group = WaitGroup.objects.create()
    made = Wait.objects.create(registration=place, choice=hotel.choices.get(), group=group)
    made.steps.create(kind="put", by=make.user())
    return made


def column_map() -> ColumnMap:
    return ColumnMap.objects.create(
        signature=f"{make.number():064}",
        headings=["姓名", "Remark"],
        fields=["name_native", ""],
        saved_by=make.user(),
    )


def duplicate() -> Duplicate:
    return Duplicate.objects.create(
        first=make.person(), second=make.person(), score=55, reasons=["name"]
    )


def merge() -> Merge:
    kept, gone = make.person(), make.person()
    make.project(holder=gone)
    return merge_people(kept=kept.pk, gone=gone.pk, by=make.user())


def erasure() -> Erasure:
    return Erasure.objects.create(person=make.person(), reason="Asked", erased_by=make.user())


def visa_request() -> VisaRequest:
    return visa_letter().request


def visa_letter() -> VisaLetter:
    by = make.user()
    request = make_visas.visa_request(state="issued", decided_by=by)
    now = timezone.now()
    make_visas.letter(request, issued_by=by, revoked_by=by, revoked_at=now, revoke_reason="Wrong")
    return make_visas.letter(request, issued_by=by)


def visa_reveal() -> VisaReveal:
    fields = {"what": "data", "reason": "Compare with the copy", "by": make.user()}
    return VisaReveal.objects.create(request=visa_request(), **fields)


def schedule_import() -> ScheduleImport:
    return ScheduleImport.objects.create(
        edition=make.edition(), name=f"{make.number()}.xml", uploaded_by=make.user()
    )


def project_list() -> ProjectList:
    return ProjectList.objects.create(
        edition=make.edition(), name=f"{make.number()}.csv", uploaded_by=make.user()
    )


def project_link() -> ProjectLink:
    first, second = make.project(), make.project()
    return ProjectLink.objects.create(first=first, second=second, score=55, reasons=["name"])


def showcase_page() -> ShowcasePage:
    return make_showcase.page(is_approved=True)


ROWS: dict[str, Callable[[], Model]] = {
    "events.series": make.series,
    "events.edition": make.edition,
    "events.recordedtotal": recorded_total,
    "events.district": make.district,
    "events.park": make.park,
    "events.venue": lambda: make.room(venue=make.venue(district=make.district())).venue,
    "events.room": make.room,
    "events.booking": booking,
    "events.track": make.track,
    "events.session": session,
    "events.bus": bus,
    "events.speaker": speaker,
    "events.release": release,
    "events.scheduleimport": schedule_import,
    "events.plannedrelease": planned_release,
    "events.feedback": feedback,
    "attendees.person": make.person,
    "attendees.association": make.association,
    "attendees.delegation": delegation,
    "attendees.category": category,
    "attendees.invitation": invitation,
    "attendees.registration": registration,
    "attendees.seat": seat,
    "attendees.answerchange": answer_change,
    "attendees.wait": wait,
    "attendees.checkin": checkin,
    "attendees.reminderrule": reminder_rule,
    "attendees.audience": make_campaigns.audience,
    "attendees.campaign": campaign,
    "attendees.guestlist": guest_list,
    "attendees.form": form,
    "attendees.formsection": lambda: form().sections.get(),
    "attendees.formfield": lambda: form().fields.last(),
    "attendees.visarequest": visa_request,
    "attendees.visaletter": visa_letter,
    "attendees.visareveal": visa_reveal,
    "attendees.columnmap": column_map,
    "attendees.duplicate": duplicate,
    "attendees.merge": merge,
    "attendees.erasure": erasure,
    "projects.sector": lambda: make.sector(parent=make.sector()),
    "projects.project": project,
    "projects.call": make_call.call,
    "projects.callkind": make_call.kind,
    "projects.projectcode": make_call.code,
    "projects.application": make_call.sent,
    "projects.projectlist": project_list,
    "projects.projectlink": project_link,
    "projects.showcasepage": showcase_page,
    "projects.meeting": meeting,
    "projects.competition": make_competition.competition,
    "projects.round": make_competition.round_of,
    "projects.reviewphase": make_screening.phase,
    "projects.reviewer": lambda: make_screening.reviewer(make.edition(), [make.sector()]),
    "projects.eligibilityitem": lambda: make_screening.item(make.edition()),
    "projects.selectionquota": lambda: make_screening.quota(make.edition(), make.sector(), 5),
    "projects.blindtext": make_screening.blind_text,
    "projects.decisionletter": make_screening.letter,
    "agreements.agreement": agreement,
    "agreements.party": party,
    "agreements.exchangerate": exchange_rate,
    "mailing.message": message,
    "mailing.batch": batch,
    "office.donedeed": done_deed,
    "mailing.suppression": suppression,
    "mailing.bounce": bounce,
    "accounts.user": make.office,
}
OURS = ["events", "attendees", "projects"]
