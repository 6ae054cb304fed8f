"""People, the associations that send them, and their delegations."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    DropdownFilter,
    RelatedDropdownFilter,
)

from attendees.admin import deeds
from attendees.admin.drafting import DraftingMixin
from attendees.admin.heads import Link, ThreadMixin, doubles_link, invite_link, link_to
from attendees.admin.rights import RightsMixin
from attendees.models import Association, Delegation, Person, Registration
from attendees.services.delegations import delegation_link
from attendees.services.duplicates import ask_about
from attendees.services.stages import forms_by_category, stages_of
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import TranslatedAdmin, pair
from hrconf.office.badges import names_cell
from hrconf.office.deeds import DeedsMixin
from hrconf.office.exports import ExportMixin
from hrconf.office.filters import CountryFilter


class RecordFilter(DropdownFilter):
    """Records in use, unless asked for those merged into another or erased."""

    title = _("record")
    parameter_name = "record"

    def lookups(self, request, model_admin):
        return [("merged", _("Merged into another")), ("erased", _("Erased")), ("all", _("All"))]

    def queryset(self, request, queryset):
        if self.value() == "merged":
            return queryset.filter(merged_into__isnull=False)
        if self.value() == "erased":
            return queryset.filter(erased_at__isnull=False)
        return queryset if self.value() == "all" else queryset.current()


@admin.register(Person)
class PersonAdmin(RightsMixin, ThreadMixin, DraftingMixin, ExportMixin, TranslatedAdmin):
    export_kind = "people_export"
    export_permission = "attendees.export_person"
    list_display = ["names", "organization", "title", "country", "email", "preferred_language"]
    list_filter = [CountryFilter, ("preferred_language", ChoicesDropdownFilter), RecordFilter]
    actions = ["draw_up", "compare"]
    search_fields = ["sort_key"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin, e-mail or organization")
    autocomplete_fields = ["speakers"]
    readonly_fields = ["user", "merged_into", "created_at", "updated_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_native", "name_latin", "sort_key"),
                    ("email", "phone", "preferred_language"),
                    ("country", "languages"),
                    pair("organization"),
                    pair("title"),
                    "note",
                ]
            },
        ),
        (
            _("On stage, login, history"),
            {
                "fields": ["speakers", ("user", "merged_into"), ("created_at", "updated_at")],
                "classes": ["collapse"],
            },
        ),
    ]

    @admin.display(description=pgettext_lazy("of a person", "name"), ordering="sort_key")
    def names(self, person: Person):
        return names_cell(person)

    def get_search_results(self, request, queryset, search_term):
        found = queryset.search(search_term)
        is_choice = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return found.current() if is_choice else found, False

    @admin.action(description=_("Compare two records"), permissions=["compare"])
    def compare(self, request, people):
        keys = list(people.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, gettext("Choose two records."), messages.ERROR)
            return None
        pair = ask_about(*keys)
        return HttpResponseRedirect(reverse("admin:attendees_duplicate_change", args=[pair.pk]))

    def has_compare_permission(self, request) -> bool:
        return request.user.has_perm("attendees.change_duplicate")

    def person_of(self, row: Person) -> Person:
        return row

    def head_links(self, request, row: Person) -> list[Link]:
        if row.merged_into_id:
            return link_to(row.merged_into, request, gettext("The record in use"), "merge")
        if row.erased_at:
            return []
        links = [*invite_link(row, request), *doubles_link(row, request)]
        return [*links, *self.rights_links(request, row)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm("attendees.view_registration"):
            rows = obj.registrations.active().select_related("edition", "category")
            rows = list(rows.order_by("-edition__starts_on")[:3])
            forms = forms_by_category(rows)
            context["journeys"] = [(r, stages_of(r, forms.get(r.category_id, []))) for r in rows]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        """Nothing is written about who was erased, nor on a record that is out of use."""
        is_in_use = obj is None or not (obj.erased_at or obj.merged_into_id)
        return is_in_use and super().has_change_permission(request, obj)


@admin.register(Association)
class AssociationAdmin(TranslatedAdmin):
    list_display = ["name", "country", "contact_name", "email"]
    list_filter = [CountryFilter]
    search_fields = ["slug", "name_en", "name_zh_hans", "contact_name", "email"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    ("country", "slug"),
                    ("contact_name", "email", "website"),
                    "note",
                ]
            },
        )
    ]


@admin.register(Delegation)
class DelegationAdmin(StartsWithEdition, DeedsMixin, TranslatedAdmin):
    deeds = [deeds.MAIL_LEADER]
    list_display = ["name", "association", "edition_year", "leader", "registered", "quota"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "association", "leader"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    autocomplete_fields = ["edition", "association", "leader", "category"]
    readonly_fields = ["page"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    ("edition", "association"),
                    ("leader", "slug"),
                    ("category", "quota", "nominate_until"),
                    "page",
                ]
            },
        )
    ]

    def deed_person(self, row: Delegation) -> Person:
        return row.leader

    @admin.display(description=_("leader's page"))
    def page(self, delegation: Delegation) -> str:
        """The personal link, for who may hand it on."""
        return delegation_link(delegation, "en") if delegation.pk and delegation.leader else "—"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(registered_count=REGISTERED)

    @admin.display(description=_("edition"), ordering="edition__year")
    def edition_year(self, delegation: Delegation) -> int:
        return delegation.edition.year

    @admin.display(description=_("guests registered"), ordering="registered_count")
    def registered(self, delegation: Delegation) -> int:
        return delegation.registered_count


GONE = [Registration.Status.DECLINED, Registration.Status.CANCELLED]
REGISTERED = Count("registrations", filter=~Q(registrations__status__in=GONE))
