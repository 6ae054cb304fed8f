"""Audiences in the office: choose people by filters, see who they are, use them again."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from attendees.audiences import Filter, in_words, source_choices, source_of
from attendees.models import Audience, Campaign, Person
from attendees.services.previews import REASONS, Preview
from attendees.services.recipients import readers_of_audience
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import badge, names_cell
from hrconf.office.deeds import Line, rows_of

LINES_PER_PAGE = 100
MOST_BOXES = 12  # choices shown as boxes to tick; more are a list


class AudienceForm(forms.ModelForm):
    """Name and source; once these are known, a field for each filter of the source."""

    source = forms.ChoiceField(
        label=_("Chosen from"), choices=source_choices, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Audience
        fields = ["edition", "name", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in filters_of(self.instance):
            if field := self.fields.get(field_name(one)):
                field.initial = self.instance.filters.get(one.key, [])

    def save(self, commit: bool = True) -> Audience:
        chosen = {one.key: self.cleaned_data.get(field_name(one)) for one in self.shown()}
        if chosen:
            self.instance.filters = {key: values for key, values in chosen.items() if values}
        return super().save(commit)

    def shown(self) -> list[Filter]:
        return [one for one in filters_of(self.instance) if field_name(one) in self.fields]


class AudienceChoice(forms.ModelChoiceField):
    """Audiences of all editions, each with its year."""

    def label_from_instance(self, audience: Audience) -> str:
        return f"{audience.edition.year} · {audience.name}"


def filters_of(audience: Audience | None) -> list[Filter]:
    source = source_of(audience) if audience and audience.pk else None
    return list(source.filters) if source else []


def field_name(one: Filter) -> str:
    return f"filter_{one.key}"


def filter_field(one: Filter, audience: Audience) -> forms.MultipleChoiceField:
    """Several may be chosen; of none chosen all rows fit."""
    choices = one.choices(audience.edition)
    few = len(choices) <= MOST_BOXES
    widget = UnfoldAdminCheckboxSelectMultipleWidget if few else UnfoldAdminSelectMultipleWidget
    attrs = {} if few else {"size": 8}
    return forms.MultipleChoiceField(
        label=one.label, choices=choices, required=False, widget=widget(attrs=attrs)
    )


def lines_of(preview: Preview[Person], number: str | None) -> Mapping[str, Any]:
    """A page of who gets a letter and who is left out and why, for the template."""
    paginator = Paginator(rows_of(preview), LINES_PER_PAGE)
    page = paginator.get_page(number)
    return {
        "preview": preview,
        "page": page,
        "pages": list(paginator.get_elided_page_range(page.number)),
        "lines": [(_line(person, reason), person.pk, not reason) for person, _will, reason in page],
    }


def _line(person: Person, reason: str) -> Line:
    happens = badge(_("Letter"), "good")
    if reason:
        happens = format_html("{} {}", badge(_("Left out")), REASONS.get(reason, reason))
    return Line(names_cell(person), person.email, person.get_preferred_language_display(), happens)


@admin.register(Audience)
class AudienceAdmin(StartsWithEdition, OfficeAdmin):
    form = AudienceForm
    list_display = ["name", "edition", "chosen_from", "narrowed_by", "updated_at"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name"]
    autocomplete_fields = ["edition"]
    change_form_template = "admin/office/audience_change.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.people_view)
        own = path("<int:pk>/people/", view, name="attendees_audience_people")
        return [own, *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        """First what is chosen from; its filters stand on the page that follows."""
        plain = (None, {"fields": ["name", ("edition", "chosen_from" if obj else "source")]})
        names = [field_name(one) for one in filters_of(obj)]
        if not names or not self.has_change_permission(request, obj):
            return [plain]
        help_text = _("Of each group one of what is chosen must fit; where nothing is, all fit.")
        return [plain, (_("Filters"), {"fields": names, "description": help_text})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj and self.has_change_permission(request, obj):
            fields = {field_name(one): filter_field(one, obj) for one in filters_of(obj)}
            # What it is chosen from is fixed: its filters would mean nothing elsewhere.
            kwargs["form"] = type(
                "FilteredAudienceForm", (AudienceForm,), fields | {"source": None}
            )
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["edition", "chosen_from"] if obj else []

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition")

    def has_change_permission(self, request, obj=None) -> bool:
        """While a campaign is on its way to it, an audience stays as it is."""
        return super().has_change_permission(request, obj) and not is_in_use(obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and not is_in_use(obj)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        """On to the filters."""
        return HttpResponseRedirect(reverse("admin:attendees_audience_change", args=[obj.pk]))

    def response_post_save_change(self, request, obj) -> HttpResponse:
        """On to who is in it now."""
        return HttpResponseRedirect(reverse("admin:attendees_audience_people", args=[obj.pk]))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context |= {"words": in_words(obj), "is_in_use": is_in_use(obj)}
            context |= {"preview": readers_of_audience(obj), "write_url": write_url(request, obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody in the audience, page by page, and who cannot be mailed and why."""
        audience = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, audience):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": audience,
            "title": audience.name,
            "words": in_words(audience),
            "write_url": write_url(request, audience),
            **lines_of(readers_of_audience(audience), request.GET.get("page")),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/audience_people.html", context)

    @admin.display(description=_("chosen from"), ordering="source")
    def chosen_from(self, audience: Audience) -> str:
        source = source_of(audience)
        return str(source.title) if source else audience.source

    @admin.display(description=_("filters"))
    def narrowed_by(self, audience: Audience) -> str:
        source = source_of(audience)
        used = [one for one in source.filters if audience.filters.get(one.key)] if source else []
        return ", ".join(str(one.label) for one in used) or "—"


def write_url(request: HttpRequest, audience: Audience) -> str:
    """Where a letter to the audience is written, for who may."""
    if not request.user.has_perm("attendees.add_campaign"):
        return ""
    given = urlencode({"edition": audience.edition_id, "audience": audience.pk})
    return f"{reverse('admin:attendees_campaign_add')}?{given}"


def is_in_use(audience: Audience | None) -> bool:
    """Whether a campaign to it is scheduled, going out, or paused."""
    under_way = Campaign.objects.filter(audience=audience, state__in=Campaign.UNDER_WAY)
    return bool(audience) and under_way.exists()
