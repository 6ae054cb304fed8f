"""Buses of park visits in the office: plates, seats, guides, who rides, papers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter

from attendees.models import Seat
from attendees.services.buses import fill_buses, plan_filling
from events.models import Bus, Session
from hrconf.office.admin import TranslatedAdmin, pair
from hrconf.office.badges import badge

MAY_SEAT = "attendees.change_seat"


class BusForm(forms.ModelForm):
    """A bus, which never has fewer seats than ride on it."""

    def clean_seats(self) -> int:
        seats = self.cleaned_data["seats"]
        riding = self.instance.taken.count() if self.instance.pk else 0
        if seats < riding:
            text = _("%(riding)s ride on this bus already: move some to another first.")
            raise forms.ValidationError(text % {"riding": riding}, code="riding")
        return seats


@admin.register(Bus)
class BusAdmin(TranslatedAdmin):
    form = BusForm
    list_display = ["number", "visit", "plate_line", "riding", "departs_at", "guide", "papers"]
    list_filter = [
        ("session__edition", RelatedDropdownFilter),
        ("session", AutocompleteSelectFilter),
    ]
    search_fields = ["name", "plate", "guide_name", "session__title_en", "session__title_zh_hans"]
    autocomplete_fields = ["session"]
    fixed_fields = ["session"]
    ordering = ["-session__edition__starts_on", "session__booking__during", "pk"]
    change_list_template = "admin/office/buses.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "session",
                    ("name", "plate", "seats"),
                    pair("meeting_point"),
                    "departs_at",
                    ("guide_name", "guide_phone"),
                ]
            },
        )
    ]

    def get_queryset(self, request):
        riding = Count("taken", filter=Q(taken__status=Seat.Status.CONFIRMED))
        rows = super().get_queryset(request).select_related("session__edition", "session__booking")
        return rows.annotate(riding_count=riding)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.fill_view)
        return [path("fill/", view, name="events_bus_fill"), *super().get_urls()]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "session":
            kwargs["queryset"] = Session.objects.filter(kind=Session.Kind.VISIT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # Filling ------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        key = request.GET.get("session__id__exact", "")
        extra: dict[str, Any] = {"fill_url": ""}
        if key.isdecimal() and len(key) < 19 and request.user.has_perm(MAY_SEAT):
            extra["fill_url"] = f"{reverse('admin:events_bus_fill')}?visit={key}"
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def fill_view(self, request: HttpRequest) -> HttpResponse:
        """Who would ride where; its button does it."""
        if not request.user.has_perm(MAY_SEAT):
            raise PermissionDenied
        key = request.GET.get("visit", "")
        visits = Session.objects.filter(kind=Session.Kind.VISIT).select_related("edition")
        visit = get_object_or_404(visits, pk=key if key.isdecimal() and len(key) < 19 else 0)
        back = f"{reverse('admin:events_bus_changelist')}?session__id__exact={visit.pk}"
        if request.method == "POST":
            done = fill_buses(visit.pk, by=request.user)
            text = ngettext("%(count)s put on buses.", "%(count)s put on buses.", len(done.placed))
            messages.success(request, text % {"count": len(done.placed)})
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Fill the buses"),
            "visit": visit,
            "plan": plan_filling(visit),
            "back": back,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/fill_buses.html", context)

    # Columns ------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("number"), ordering="name")
    def number(self, bus: Bus):
        return bus.name

    @admin.display(description=gettext_lazy("plate"), ordering="plate")
    def plate_line(self, bus: Bus):
        return format_html('<span class="office-line">{}</span>', bus.plate)

    @admin.display(description=gettext_lazy("visit"), ordering="session__booking__during")
    def visit(self, bus: Bus):
        return bus.session

    @admin.display(description=gettext_lazy("riding"), ordering="riding_count")
    def riding(self, bus: Bus):
        count = bus.riding_count  # type: ignore[attr-defined]
        words = _("%(count)s of %(seats)s") % {"count": count, "seats": bus.seats}
        return badge(words, "warn" if count >= bus.seats else "good")

    @admin.display(description=gettext_lazy("guide"), ordering="guide_name")
    def guide(self, bus: Bus):
        return " · ".join(filter(None, [bus.guide_name, bus.guide_phone]))

    @admin.display(description=gettext_lazy("papers"))
    def papers(self, bus: Bus):
        address = {"edition": bus.session.edition.slug, "bus": bus.pk}
        page = reverse("attendees:boarding", kwargs=address)
        return format_html('<a href="{}">{}</a>', page, _("Boarding list"))
