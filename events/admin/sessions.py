"""Sessions and their bookings: what happens, when and in which room."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from events.models import Appearance, Session, Track, VisitStop
from hrconf.office import badges
from hrconf.office.admin import OfficeInline, TranslatedAdmin, pair


@admin.register(Track)
class TrackAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "edition", "colour", "position"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [(None, {"fields": [pair("name"), ("edition", "slug"), ("colour", "position")]})]


class AppearanceInline(OfficeInline):
    model = Appearance
    fields = ["speaker", "role", "position"]
    autocomplete_fields = ["speaker"]
    select_related = ["speaker", "session"]


class VisitStopInline(OfficeInline):
    model = VisitStop
    fields = ["park", "during", "host"]
    autocomplete_fields = ["park"]
    select_related = ["park", "session"]


@admin.register(Session)
class SessionAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["title", "kind", "starts_at", "room", "track", "state", "code"]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("track", RelatedDropdownFilter),
        ("status", ChoicesDropdownFilter),
    ]
    search_fields = ["code", "title_en", "title_zh_hans"]
    autocomplete_fields = ["edition", "track"]
    inlines = [AppearanceInline, VisitStopInline]
    readonly_fields = ["booking"]
    ordering = ["-edition__starts_on", "booking__during", "pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("title"),
                    pair("abstract"),
                    ("edition", "kind", "track"),
                    ("code", "status"),
                    ("language", "interpretation"),
                ]
            },
        ),
        (
            _("Time, room and seats"),
            {"fields": ["booking", ("minutes", "capacity", "needs_seat")]},
        ),
    ]

    state = badges.choice_badge("status", description=_("status"))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("edition", "track", "booking__room")

    @admin.display(description=_("time"), ordering="booking__during", empty_value="—")
    def starts_at(self, session: Session):
        return session.booking.during.lower if session.booking else None

    @admin.display(description=_("room"), ordering="booking__room", empty_value="—")
    def room(self, session: Session):
        return session.booking.room if session.booking else None
