"""Competitions and rounds in the office; a round's rules are written before it opens."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from hrconf.office import badges
from hrconf.office.admin import OfficeInline, TranslatedAdmin, TranslatedInline, pair
from projects.admin.chair import ChairMixin
from projects.admin.votes import VotesMixin
from projects.models import Competition, Criterion, Entry, Juror, Prize, Round

State = Round.State
TONES = {State.DRAFT: "quiet", State.OPEN: "note", State.CLOSED: "warn", State.PUBLISHED: "good"}


@admin.register(Competition)
class CompetitionAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "edition"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["edition"]
    fixed_fields = ["edition"]
    fieldsets = [(None, {"fields": ["edition", pair("name"), pair("text")]})]


class UntilOpened:
    """Rows that stand once the round has opened: what is judged cannot change meanwhile."""

    def has_add_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        return is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        return is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        return is_draft(obj) and super().has_delete_permission(request, obj)


def is_draft(round: Round | None) -> bool:
    return round is None or round.state == State.DRAFT


class CriterionInline(UntilOpened, TranslatedInline):
    model = Criterion
    fields = ["position", "name", "rubric", "weight", "highest"]


class EntryInline(UntilOpened, OfficeInline):
    model = Entry
    fields = ["position", "project", "session"]
    autocomplete_fields = ["project", "session"]
    select_related = ["project", "session"]


class JurorInline(UntilOpened, OfficeInline):
    model = Juror
    fields = ["person", "is_lead"]
    autocomplete_fields = ["person"]
    select_related = ["person"]


class PrizeInline(TranslatedInline):
    model = Prize
    fields = ["place", "name", "amount", "currency"]


@admin.register(Round)
class RoundAdmin(VotesMixin, ChairMixin, TranslatedAdmin):
    list_display = ["name", "contest", "number", "mode", "shown_state", "starts_at", "chair"]
    list_filter = [
        ("competition", RelatedDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("mode", ChoicesDropdownFilter),
    ]
    list_select_related = ["competition__edition"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["competition"]
    fixed_fields = ["competition"]
    change_form_template = "admin/office/round_change.html"
    inlines = [CriterionInline, EntryInline, JurorInline, PrizeInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("competition", "number", "state"),
                    pair("name"),
                    ("mode", "basis", "tie_rule"),
                    ("cards_per_entry", "winners"),
                    ("starts_at", "ends_at"),
                ]
            },
        )
    ]
    # The rules that decide the ranking: fixed as soon as somebody may score.
    rules = ["number", "mode", "basis", "tie_rule", "cards_per_entry", "winners"]

    shown_state = badges.choice_badge("state", TONES, description=_("state"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None):
        fields = [*super().get_readonly_fields(request, obj), "state"]
        return fields if is_draft(obj) else [*fields, *self.rules]

    @admin.display(description=_("competition"), ordering="competition__edition__year")
    def contest(self, round: Round):
        return badges.two_lines(round.competition.name, round.competition.edition.year)

    @admin.display(description=_("chair's page"))
    def chair(self, round: Round):
        url = reverse("admin:projects_round_chair", args=[round.pk])
        return format_html('<a href="{}">{}</a>', url, _("Progress and ranking"))
