"""Seats in the office: who has one in what, signed up, taken back, put on buses."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from attendees.admin.deeds import people_of
from attendees.models import Person, Registration, Seat
from attendees.models.people import person_matches
from attendees.services import buses, seat_office, undos
from attendees.services.previews import REASONS, Preview
from attendees.services.seats import ENDED, KEEP, SWAP, letter_for
from events.models import Bus, Session
from hrconf.accounts.models import User
from hrconf.mailing.compose import Letter
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import choice_badge, day_cell, names_cell, two_lines
from hrconf.office.deeds import Deed, DeedsMixin, one_by_one
from hrconf.office.exports import ExportMixin
from hrconf.office.outcomes import Outcome, each

MAY_SEAT = "attendees.change_seat"
TONES = {Seat.Status.CONFIRMED: "good", Seat.Status.CALLED_OFF: "bad"}


class Titled(forms.ModelChoiceField):
    """A session with its year."""

    def label_from_instance(self, session: Any) -> str:
        return f"{session.edition.year} · {session.title}"


class OnRoute(forms.ModelChoiceField):
    """A bus with its visit."""

    def label_from_instance(self, bus: Any) -> str:
        return f"{bus.session.edition.year} · {bus.session.title} · {bus}"


class SignUpForm(forms.Form):
    """For what somebody is signed up, and what becomes of a seat they have at that time."""

    session = Titled(Session.objects.none(), label=gettext_lazy("Signed up for"))
    clash = forms.ChoiceField(
        label=gettext_lazy("Who has a seat in something else at that time"),
        choices=[
            ("ask", gettext_lazy("is left out")),
            (KEEP, gettext_lazy("keeps both")),
            (SWAP, gettext_lazy("gives the other back")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Session.objects.filter(needs_seat=True).exclude(status=Session.Status.CANCELLED)
        rows = rows.select_related("edition").order_by("-edition__year", "booking__during", "pk")
        self.fields["session"].queryset = rows


class BusForm(forms.Form):
    """On which bus; none takes them off."""

    bus = OnRoute(
        Bus.objects.none(),
        label=gettext_lazy("Bus"),
        required=False,
        empty_label=gettext_lazy("No bus"),
        help_text=gettext_lazy("Who has no seat in the visit of the bus is refused."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Bus.objects.select_related("session__edition")
        self.fields["bus"].queryset = rows.order_by("-session__edition__year", "session", "pk")


def take_all_back(ids: Collection[int], *, by: User, reason: str = "") -> Outcome:
    shown = seat_office.preview_taking_back(ids)
    silent = {seat.pk for seat in shown.unmailed}
    outcome = each(
        shown.going,
        lambda seat: seat_office.take_back(seat.pk, by=by, reason=reason),
        is_told=lambda seat: seat.pk not in silent,
    )
    outcome.left_out = dict(shown.reasons)
    return outcome


def put_all_on_bus(ids: Collection[int], *, by: User, bus: Bus | None) -> Outcome:
    shown: Preview[Seat] = buses.preview_riding(ids)
    outcome = each(shown.going, lambda seat: buses.put_on_bus(seat.pk, bus=bus, by=by))
    outcome.left_out = dict(shown.reasons)
    return outcome


def letter_of(seat: Seat, reason: str) -> tuple[str, Letter]:
    """The letter to who loses a seat, as it would go out now."""
    return ENDED, letter_for(ENDED, seat, reason)


SIGN_UP = Deed(
    name="seat",
    title=gettext_lazy("Sign up for a session"),
    permission=MAY_SEAT,
    icon="event_seat",
    preview=lambda ids: people_of(Registration, ids),
    do=one_by_one(seat_office.sign_up_for, Registration),
    explanation=gettext_lazy(
        "They get a seat and the letter that confirms it, before the sign-up opens and after it "
        "closes too. Where no seat is free they stand in line: no session is ever overfull."
    ),
    has_mails=False,
    form=SignUpForm,
    undo=undos.OF_SIGNING_UP,
)
TAKE_BACK = Deed(
    name="take_back",
    title=gettext_lazy("Take the seat back"),
    permission=MAY_SEAT,
    icon="event_busy",
    preview=seat_office.preview_taking_back,
    do=take_all_back,
    explanation=gettext_lazy("They are told so, and the seat is offered to the next in line."),
    reasons=REASONS,
    asks_reason=True,
    reason_label=gettext_lazy("A word to them, written in the letter (may stay empty)"),
    is_grave=True,
    letter=letter_of,
    undo=undos.OF_SEATS,
)
PUT_ON_BUS = Deed(
    name="bus",
    title=gettext_lazy("Put on a bus"),
    permission=MAY_SEAT,
    icon="directions_bus",
    preview=buses.preview_riding,
    do=put_all_on_bus,
    explanation=gettext_lazy(
        "Filter by delegation first to move one as a whole. No bus is ever over its seats: who no "
        "longer fits is named. Nobody is mailed."
    ),
    reasons=REASONS,
    has_mails=False,
    form=BusForm,
    undo=undos.OF_SEATS,
)


@admin.register(Seat)
class SeatAdmin(LookOnly, DeedsMixin, ExportMixin, OfficeAdmin):
    deeds = [PUT_ON_BUS, TAKE_BACK]
    export_kind = "seats_export"
    export_permission = "attendees.export_registration"
    list_display = ["names", "organization", "session", "rides", "state", "since"]
    list_filter = [
        ("session", AutocompleteSelectFilter),
        ("session__edition", RelatedDropdownFilter),
        ("registration__delegation", AutocompleteSelectFilter),
        ("bus", RelatedDropdownFilter),
        ("status", ChoicesDropdownFilter),
    ]
    search_fields = ["registration__badge"]  # get_search_results() does the searching
    search_help_text = gettext_lazy("Name in either script, pinyin or e-mail")
    ordering = ["session__booking__during", "registration__person__sort_key", "pk"]

    state = choice_badge("status", TONES, description=gettext_lazy("status"))

    def get_queryset(self, request):
        return seat_office.seats_shown()

    def deed_person(self, row: Model) -> Person:
        return row.registration.person  # type: ignore[attr-defined]

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "registration__person__"))
        return queryset, False

    @admin.display(
        description=pgettext_lazy("of a person", "name"), ordering="registration__person__sort_key"
    )
    def names(self, seat: Seat):
        return names_cell(seat.registration.person)

    @admin.display(
        description=gettext_lazy("organization"), ordering="registration__person__organization"
    )
    def organization(self, seat: Seat):
        return two_lines(seat.registration.person.organization, seat.registration.delegation or "")

    @admin.display(description=gettext_lazy("bus"), ordering="bus")
    def rides(self, seat: Seat):
        return seat.bus

    @admin.display(description=gettext_lazy("since"), ordering="created_at")
    def since(self, seat: Seat):
        return day_cell(seat.created_at)
