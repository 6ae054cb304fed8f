"""Waiting lists in the office: who stands in which line, and what can be done about it."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from attendees.admin.deeds import people_of
from attendees.admin.heads import Link, ThreadMixin, deed_links, link_to
from attendees.models import FieldChoice, Person, Registration, Wait
from attendees.models.people import person_matches
from attendees.services import undos, waitlisting
from attendees.services.lines import places_in_line
from attendees.services.previews import REASONS, Preview
from attendees.services.waiting import KIND, OFFER_HOLDS, offer_letter
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.accounts.models import User
from hrconf.mailing.compose import Letter
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, choice_badge, day_cell, names_cell, two_lines
from hrconf.office.deeds import Deed, DeedsMixin, one_by_one
from hrconf.office.outcomes import Outcome, each
from hrconf.office.viewing import OfficeChangeList

State = Wait.State
MAY_MANAGE = "attendees.change_wait"
TONES = {State.WAITING: "warn", State.OFFERED: "note", State.TAKEN: "good", State.LAPSED: "bad"}
NOT_TOLD = gettext_lazy("Kept with your name; the guest does not see it.")


class ReasonForm(forms.Form):
    """Why somebody is preferred to others."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=NOT_TOLD)


class MaybeReasonForm(forms.Form):
    """Why, if there is something to say."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (may stay empty)"),
        max_length=300,
        required=False,
        help_text=NOT_TOLD,
    )


class LengthenForm(MaybeReasonForm):
    """How much longer an offer holds."""

    days = forms.IntegerField(
        label=gettext_lazy("So many days longer"), min_value=1, max_value=30, initial=2
    )
    field_order = ["days", "reason"]


class LimitedChoice(forms.ModelChoiceField):
    """A choice that has places, told with its question and form."""

    def label_from_instance(self, choice: Any) -> str:
        edition = choice.field.form.edition
        return f"{edition.year} · {choice.field.label}: {choice.label}"


class PutInLineForm(MaybeReasonForm):
    """Which limited choice somebody waits for."""

    choice = LimitedChoice(FieldChoice.objects.none(), label=gettext_lazy("Waits for"))
    field_order = ["choice", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limited = FieldChoice.objects.filter(
            places__isnull=False, retired_at=None, field__retired_at=None
        )
        rows = limited.select_related("field__form__edition")
        self.fields["choice"].queryset = rows.order_by("-field__form__edition", "field", "position")


def for_each(
    service: Callable[..., object],
    preview: Callable[..., Preview[Wait]],
    *,
    backwards: bool = False,
) -> Callable[..., Outcome]:
    """A deed out of a service for one wait: who it refuses is named with the reason."""

    def do_all(ids: Collection[int], *, by: User, **given: Any) -> Outcome:
        shown = preview(ids)
        silent = {wait.pk for wait in shown.unmailed}
        rows = shown.going[::-1] if backwards else shown.going
        outcome = each(
            rows,
            lambda wait: service(wait.pk, by=by, **given),
            is_told=lambda wait: wait.pk not in silent,
        )
        outcome.left_out = dict(shown.reasons)
        return outcome

    return do_all


def letter_of(wait: Wait, reason: str) -> tuple[str, Letter]:
    """The offer as it would go out now."""
    wait.offer_until = wait.offer_until or timezone.now() + OFFER_HOLDS
    return KIND, offer_letter(wait)


OFFER = Deed(
    name="offer",
    title=gettext_lazy("Offer a place now"),
    permission=MAY_MANAGE,
    icon="redeem",
    preview=waitlisting.preview_offers,
    do=for_each(waitlisting.offer_now, waitlisting.preview_offers),
    explanation=gettext_lazy(
        "Before their turn, for a reason that is kept. Only a free place can be offered; it is "
        "held for two days, and the person is told."
    ),
    reasons=REASONS,
    form=ReasonForm,
    letter=letter_of,
    undo=undos.OF_WAITS,
)
LENGTHEN = Deed(
    name="lengthen",
    title=gettext_lazy("Lengthen the offer"),
    permission=MAY_MANAGE,
    icon="more_time",
    preview=waitlisting.preview_lengthening,
    do=for_each(waitlisting.lengthen_offer, waitlisting.preview_lengthening),
    explanation=gettext_lazy("The place is kept longer, and the person is told until when."),
    reasons=REASONS,
    form=LengthenForm,
    undo=undos.OF_WAITS,
)
MOVE = Deed(
    name="front",
    title=gettext_lazy("Move to the front"),
    permission=MAY_MANAGE,
    icon="vertical_align_top",
    preview=waitlisting.preview_moving,
    do=for_each(waitlisting.move_to_front, waitlisting.preview_moving, backwards=True),
    explanation=gettext_lazy(
        "They stand before all others from now on, with whom they go together, for a reason "
        "that is kept. Nobody is mailed."
    ),
    reasons=REASONS,
    has_mails=False,
    form=ReasonForm,
    undo=undos.OF_PLACES_IN_LINE,
)
TAKE_OFF = Deed(
    name="take_off",
    title=gettext_lazy("Take off the list"),
    permission=MAY_MANAGE,
    icon="playlist_remove",
    preview=waitlisting.preview_taking_off,
    do=for_each(waitlisting.take_off, waitlisting.preview_taking_off),
    explanation=gettext_lazy(
        "They lose their place in line, and an offer goes to the next. Who waited for a place in "
        "a category is to be decided on again. Nobody is mailed."
    ),
    reasons=REASONS,
    has_mails=False,
    is_grave=True,
    form=MaybeReasonForm,
    undo=undos.OF_TAKING_OFF,
)


def put_all_in_line(ids: Collection[int], *, by: User, **given: Any) -> Outcome:
    """Registrations in line for a limited choice: who it refuses is named with the reason."""

    def put(pk: int, *, by: User) -> Wait:
        return waitlisting.put_in_line(pk, by=by, **given)

    return one_by_one(put, Registration)(ids, by=by)


PUT_IN_LINE = Deed(
    name="line",
    title=gettext_lazy("Put in line for a choice"),
    permission=MAY_MANAGE,
    icon="queue",
    preview=lambda ids: people_of(Registration, ids),
    do=put_all_in_line,
    explanation=gettext_lazy(
        "They stand in line for a choice with a limited number of places, such as a hotel or a "
        "dinner, and are written to when one is free."
    ),
    has_mails=False,
    form=PutInLineForm,
)


class WaitStateFilter(DropdownFilter):
    """Who waits or has an offer, unless others are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, ("all", _("All"))]

    def queryset(self, request, queryset):
        value = self.value()
        if value in State.values:
            return queryset.filter(state=value)
        return queryset if value == "all" else queryset.open()


class ThingFilter(DropdownFilter):
    """What is waited for."""

    title = gettext_lazy("waits for")
    parameter_name = "thing"

    def lookups(self, request, model_admin):
        rows = Wait.objects.order_by().distinct()
        categories = rows.filter(category__isnull=False).values_list(
            "category", "category__name", "category__edition__year"
        )
        choices = rows.filter(choice__isnull=False).values_list(
            "choice", "choice__label", "choice__field__form__edition__year"
        )
        sessions = rows.filter(session__isnull=False).values_list(
            "session", "session__title", "session__edition__year"
        )
        named = [(f"category-{pk}", f"{year} · {name}") for pk, name, year in categories]
        named += [(f"choice-{pk}", f"{year} · {name}") for pk, name, year in choices]
        named += [(f"session-{pk}", f"{year} · {name}") for pk, name, year in sessions]
        return sorted(named, key=lambda pair: pair[1], reverse=True)

    def queryset(self, request, queryset):
        kind, _dash, key = (self.value() or "").partition("-")
        if kind not in {"category", "choice", "session"} or not key.isdecimal() or len(key) > 18:
            return queryset
        return queryset.filter(**{kind: int(key)})


class InLine(OfficeChangeList):
    """A list whose rows know their place in line, in two queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        places = places_in_line(self.result_list)
        for row in self.result_list:
            row.place_of = places.get(row.pk)


@admin.register(Wait)
class WaitAdmin(UrgentFirst, LookOnly, ThreadMixin, DeedsMixin, OfficeAdmin):
    deeds = [OFFER, LENGTHEN, MOVE, TAKE_OFF]
    list_display = ["names", "what", "place", "state_badge", "joined", "offer_until", "group"]
    list_filter = [
        WaitStateFilter,
        ThingFilter,
        ("registration__edition", RelatedDropdownFilter),
        WorkFilter,
    ]
    search_fields = ["registration__badge"]  # get_search_results() does the searching
    search_help_text = gettext_lazy("Name in either script, pinyin or e-mail")
    fields = [
        ("what", "state", "place"),
        ("joined_at", "offered_at", "offer_until", "ended_at"),
        "companions",
        "history",
    ]
    ordering = ["-lead", "joined_at", "pk"]
    readonly_fields = ["what", "place", "companions", "history"]
    state_badge = choice_badge("state", TONES, description=gettext_lazy("state"))

    def get_queryset(self, request):
        return waitlisting.waits_shown()

    def get_changelist(self, request, **kwargs):
        return InLine

    def person_of(self, row: Wait) -> Person:
        return row.registration.person

    def deed_person(self, row: Model) -> Person:
        return row.registration.person  # type: ignore[attr-defined]

    def head_badges(self, row: Wait) -> list[SafeString]:
        return [
            badge(row.get_state_display(), TONES.get(State(row.state), "quiet")),
            badge(row.registration.category),
        ]

    def head_links(self, request: HttpRequest, row: Wait) -> list[Link]:
        names = {
            State.WAITING: ["offer", "front", "take_off"],
            State.OFFERED: ["lengthen", "take_off"],
        }
        deeds = deed_links(self, request, row, names.get(State(row.state), []))
        return deeds + link_to(row.registration, request, _("Registration"), "how_to_reg")

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "registration__person__"))
        return queryset, False

    @admin.display(description=pgettext_lazy("of a person", "name"))
    def names(self, wait: Wait):
        return names_cell(wait.registration.person)

    @admin.display(description=gettext_lazy("waits for"))
    def what(self, wait: Wait):
        if wait.choice:
            return two_lines(wait.choice.label, wait.choice.field.label)
        return wait.category or wait.session

    @admin.display(description=gettext_lazy("place in line"))
    def place(self, wait: Wait):
        found = getattr(wait, "place_of", None) or places_in_line([wait]).get(wait.pk)
        if not found:
            return None
        place, total = found
        moved = badge(_("moved ahead"), "warn") if wait.lead else ""
        return format_html(
            "{} {}", _("%(place)s of %(total)s") % {"place": place, "total": total}, moved
        )

    @admin.display(description=gettext_lazy("joined"), ordering="joined_at")
    def joined(self, wait: Wait):
        return day_cell(wait.joined_at)

    @admin.display(description=gettext_lazy("goes with"))
    def companions(self, wait: Wait):
        if wait.group is None:
            return None
        others = wait.group.waits.exclude(pk=wait.pk).select_related("registration__person")
        names = ", ".join(one.registration.person.both_names for one in others)
        how = _("all together") if wait.group.goes_together else _("as places come")
        return two_lines(names or "—", how)

    @admin.display(description=gettext_lazy("what the office did"))
    def history(self, wait: Wait):
        lines = format_html_join(
            "",
            "<span>{} · {} · {} {}</span>",
            (
                (
                    day_cell(s.at),
                    s.get_kind_display(),
                    s.by or "",
                    f"— {s.reason}" if s.reason else "",
                )
                for s in wait.steps.select_related("by")
            ),
        )
        return format_html('<span class="office-steps-of">{}</span>', lines) if lines else None
