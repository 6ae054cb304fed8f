"""Changes of answers that wait for the office: what it was, what it would be, approve or refuse."""

from collections.abc import Callable, Collection

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from attendees.admin.deeds import A_WORD
from attendees.admin.heads import Link, ThreadMixin, deed_links, link_to
from attendees.models import AnswerChange, Person
from attendees.models.people import person_matches
from attendees.services import undos
from attendees.services.changes import (
    KIND,
    changes_shown,
    decide_change,
    decision_letter,
    preview_decisions,
    steps_of,
)
from attendees.services.previews import REASONS, mail_trouble
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.accounts.models import User
from hrconf.mailing.compose import Letter
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, choice_badge, day_cell, names_cell, two_lines
from hrconf.office.deeds import Deed, DeedsMixin
from hrconf.office.outcomes import Outcome, each

State = AnswerChange.State
MAY_DECIDE = "attendees.change_answerchange"
TONES = {
    State.WAITING: "warn",
    State.ACCEPTED: "good",
    State.REFUSED: "bad",
    State.APPLIED: "note",
}


def decide_all(is_accepted: bool) -> Callable[..., Outcome]:
    """A deed for many changes; whose choice has no places left any more is named."""

    def do_all(ids: Collection[int], *, by: User, reason: str = "") -> Outcome:
        return each(
            preview_decisions(ids).going,
            lambda change: decide_change(change.pk, is_accepted=is_accepted, by=by, word=reason),
            is_told=lambda change: not mail_trouble(change.registration.person),
        )

    return do_all


def letter_of(is_accepted: bool) -> Callable[[AnswerChange, str], tuple[str, Letter]]:
    def letter(change: AnswerChange, word: str) -> tuple[str, Letter]:
        return KIND, decision_letter(change, is_accepted=is_accepted, word=word)

    return letter


ACCEPT = Deed(
    name="accept",
    title=gettext_lazy("Approve the change"),
    permission=MAY_DECIDE,
    icon="check_circle",
    preview=preview_decisions,
    do=decide_all(True),
    explanation=gettext_lazy(
        "The new answers hold from now on, places of choices included; the person is told."
    ),
    reasons=REASONS,
    asks_reason=True,
    reason_label=A_WORD,
    letter=letter_of(True),
    undo=undos.OF_CHANGES,
)
REFUSE = Deed(
    name="refuse",
    title=gettext_lazy("Refuse the change"),
    permission=MAY_DECIDE,
    icon="cancel",
    preview=preview_decisions,
    do=decide_all(False),
    explanation=gettext_lazy("The earlier answers go on holding; the person is told."),
    reasons=REASONS,
    asks_reason=True,
    reason_label=A_WORD,
    is_grave=True,
    letter=letter_of(False),
    undo=undos.OF_CHANGES,
)


class WaitsFilter(DropdownFilter):
    """The changes that wait, unless others are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, ("all", _("All changes"))]

    def queryset(self, request, queryset):
        value = self.value() or State.WAITING
        return queryset.filter(state=value) if value in State.values else queryset


@admin.register(AnswerChange)
class AnswerChangeAdmin(UrgentFirst, LookOnly, ThreadMixin, DeedsMixin, OfficeAdmin):
    deeds = [ACCEPT, REFUSE]
    list_display = ["names", "compared", "form", "made", "state_badge"]
    list_filter = [
        WaitsFilter,
        ("registration__edition", RelatedDropdownFilter),
        ("form", RelatedDropdownFilter),
        WorkFilter,
    ]
    search_fields = ["registration__badge"]  # get_search_results() does the searching
    search_help_text = gettext_lazy("Name in either script, pinyin or e-mail")
    fields = [
        "compared",
        ("form", "state", "made_at"),
        ("by", "decided_at", "decided_by"),
        "word",
    ]
    readonly_fields = ["compared", "by"]
    state_badge = choice_badge("state", TONES, description=gettext_lazy("state"))

    def get_queryset(self, request):
        return changes_shown().order_by("-made_at", "-pk")

    def has_view_permission(self, request, obj=None) -> bool:
        """Before and after are answers: for who may read these."""
        return super().has_view_permission(request, obj) and request.user.has_perm(
            "attendees.view_answers"
        )

    def person_of(self, row: AnswerChange) -> Person:
        return row.registration.person

    def deed_person(self, row: Model) -> Person:
        return row.registration.person  # type: ignore[attr-defined]

    def head_badges(self, row: AnswerChange) -> list[SafeString]:
        tone = TONES.get(State(row.state), "quiet")
        return [badge(row.get_state_display(), tone), badge(row.registration.category)]

    def head_links(self, request: HttpRequest, row: AnswerChange) -> list[Link]:
        names = ["accept", "refuse"] if row.state == State.WAITING else []
        deeds = deed_links(self, request, row, names)
        return deeds + link_to(row.registration, request, _("Registration"), "how_to_reg")

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "registration__person__"))
        return queryset, False

    @admin.display(description=pgettext_lazy("of a person", "name"))
    def names(self, change: AnswerChange):
        return names_cell(change.registration.person)

    @admin.display(description=gettext_lazy("before and after"))
    def compared(self, change: AnswerChange) -> SafeString:
        lines = format_html_join(
            "",
            "<span><span>{}</span> <s>{}</s> <span aria-hidden='true'>→</span> <ins>{}</ins></span>",
            ((step.label, step.before, step.after) for step in steps_of(change)),
        )
        return format_html('<span class="office-steps-of">{}</span>', lines)

    @admin.display(description=gettext_lazy("asked"), ordering="made_at")
    def made(self, change: AnswerChange):
        return two_lines(day_cell(change.made_at), change.made_by or _("the person themselves"))

    @admin.display(description=gettext_lazy("made by"))
    def by(self, change: AnswerChange) -> str:
        return str(change.made_by or _("the person themselves"))
