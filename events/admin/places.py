"""Districts, parks, venues and rooms, and what is booked in them."""

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.models import Availability, Booking, District, Park, Room, Venue, Walk
from events.services.plans import plan_file
from hrconf.office.admin import (
    LookOnly,
    OfficeAdmin,
    OfficeInline,
    TranslatedAdmin,
    TranslatedInline,
    pair,
)


@admin.register(District)
class DistrictAdmin(TranslatedAdmin):
    list_display = ["name", "code", "position"]
    search_fields = ["code", "name_en", "name_zh_hans"]
    fieldsets = [(None, {"fields": [pair("name"), ("code", "position")]})]


@admin.register(Park)
class ParkAdmin(TranslatedAdmin):
    list_display = ["name", "district", "website"]
    list_filter = [("district", RelatedDropdownFilter)]
    list_select_related = ["district"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [
        (None, {"fields": [pair("name"), pair("strengths"), ("district", "slug"), "website"]})
    ]


class RoomInline(TranslatedInline):
    model = Room
    fields = ["name_en", "name_zh_hans", "slug", "kind", "capacity", "floor", "position"]


class WalkInline(OfficeInline):
    model = Walk
    fk_name = "venue"
    fields = ["other", "minutes"]
    autocomplete_fields = ["other"]
    select_related = ["venue", "other"]


class RoomAvailabilityInline(OfficeInline):
    model = Availability
    fields = ["during"]
    select_related = ["room"]


@admin.register(Venue)
class VenueAdmin(TranslatedAdmin):
    list_display = ["name", "address", "district", "position"]
    list_filter = [("district", RelatedDropdownFilter)]
    list_select_related = ["district"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    inlines = [RoomInline, WalkInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    pair("address"),
                    ("district", "slug", "position"),
                    ("latitude", "longitude"),
                ]
            },
        )
    ]


class RoomForm(forms.ModelForm):
    """A plan is made anew before it is kept: see events/services/plans.py."""

    def clean_plan(self):
        plan = self.cleaned_data.get("plan")
        return plan_file(plan.file) if isinstance(plan, UploadedFile) else plan


@admin.register(Room)
class RoomAdmin(TranslatedAdmin):
    form = RoomForm
    inlines = [RoomAvailabilityInline]
    list_display = ["name", "venue", "kind", "capacity", "floor"]
    list_filter = [("venue", RelatedDropdownFilter), ("kind", ChoicesDropdownFilter)]
    list_select_related = ["venue"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    ("venue", "slug", "kind"),
                    ("capacity", "floor", "position"),
                ]
            },
        ),
        (
            _("How it is found"),
            {"fields": [pair("directions"), "plan", pair("plan_alt")]},
        ),
    ]


@admin.register(Booking)
class BookingAdmin(LookOnly, OfficeAdmin):
    """Who has which room when. Sessions, meetings and signings make these rows."""

    list_display = ["room", "from_time", "to_time", "is_firm", "taken_for"]
    list_filter = [("room", RelatedDropdownFilter), "is_firm"]
    list_select_related = ["room", "session", "held_by", "block"]
    search_fields = ["room__name_en", "room__name_zh_hans", "session__code"]
    ordering = ["-during", "pk"]

    @admin.display(description=_("begins"), ordering="during")
    def from_time(self, booking: Booking):
        return booking.during.lower

    @admin.display(description=_("ends"))
    def to_time(self, booking: Booking):
        return booking.during.upper

    @admin.display(description=_("booked for"))
    def taken_for(self, booking: Booking):
        owners = (getattr(booking, name, None) for name in ["session", "held_by", "block"])
        return next(filter(None, owners), None) or _("meeting")
