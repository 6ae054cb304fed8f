"""Sessions and their bookings: what happens, when and in which room."""

from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import INPUT_CLASSES

from events.admin.defaults import StartsWithEdition
from events.languages import language_name
from events.models import Appearance, Room, Session, Step, Track, VisitStop
from events.services.edits import record_edit, record_many, told_of
from events.services.sessions import (
    cancel_session,
    clashes_with,
    confirm_session,
    place_session,
)
from events.services.steps import lock_edition, refuse_stale, revision
from hrconf.accounts.models import User
from hrconf.office import badges
from hrconf.office.admin import OfficeInline, TranslatedAdmin, pair
from hrconf.office.deeds import one_by_one
from hrconf.office.outcomes import tell


@admin.register(Track)
class TrackAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "edition", "colour", "position"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [
        (
            None,
            {"fields": [pair("name"), ("edition", "slug"), ("colour", "position"), "organizers"]},
        )
    ]
    autocomplete_fields = ["organizers"]


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


SPOKEN = ["zh-hans", "en"]  # what sessions are held in; another that a row has stays


class WallClockField(forms.DateTimeField):
    """A time as clocks at the conference show it, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        moment = super().to_python(value)
        return timezone.make_naive(moment) if moment and timezone.is_aware(moment) else moment


class RoomField(forms.ModelChoiceField):
    """Rooms with the building they are in."""

    def label_from_instance(self, room: Room) -> str:
        return f"{room.venue} · {room}"


class SessionForm(forms.ModelForm):
    """A session with its time and room, which a service books."""

    starts_at = WallClockField(
        label=_("Starts at"), required=False, help_text=_("As the clocks of the host city show it.")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    room = RoomField(Room.objects.select_related("venue"), label=_("Room"), required=False)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = dict.fromkeys([*SPOKEN, self.instance.language, ""])
        self.fields["language"].choices = [(c, language_name(c) or _("Not known")) for c in known]
        for name in ["starts_at", "room", "language"]:
            self.fields[name].widget.attrs["class"] = " ".join(INPUT_CLASSES)
        if self.instance.pk:
            self.initial["seen"] = revision(self.instance.edition_id)
        if booking := self.instance.booking:
            local = timezone.localtime(booking.during.lower, self.instance.edition.tz)
            self.initial.update(starts_at=local.replace(tzinfo=None), room=booking.room_id)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("room") and not cleaned.get("starts_at"):
            self.add_error("starts_at", _("Give the time for which the room is taken."))
        if self.instance.pk:
            self._refuse_stale(cleaned.get("seen"))
        return cleaned

    def _refuse_stale(self, seen: int | None) -> None:
        """Saying so beats overwriting what somebody else has just stored."""
        edition = lock_edition(self.instance.edition_id)
        here = [("session", self.instance.pk), ("text", self.instance.pk)]
        refuse_stale(edition, seen, here)
        self.before = told_of(Session.objects.get(pk=self.instance.pk))

    def place(self, session: Session, *, by: User) -> None:
        """Book what the form says; raises what the service refuses."""
        wanted = self.cleaned_data["starts_at"]
        starts_at = wanted.replace(tzinfo=ZoneInfo(session.edition.time_zone)) if wanted else None
        place_session(session.pk, starts_at=starts_at, room=self.cleaned_data["room"], by=by)


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
    form = SessionForm
    readonly_fields = ["status"]
    fixed_fields = ["edition"]
    actions = ["confirm", "cancel"]
    ordering = ["-edition__starts_on", "booking__during", "pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("title"),
                    pair("subtitle"),
                    pair("abstract"),
                    pair("description"),
                    ("edition", "kind", "track"),
                    ("code", "status", "language", "interpretation"),
                ]
            },
        ),
        (
            _("Time, room and seats"),
            {
                "fields": [
                    ("starts_at", "room", "minutes"),
                    ("capacity", "needs_seat"),
                    ("seats_open_at", "seats_close_at"),
                    "seen",
                ]
            },
        ),
        (
            _("In feeds"),
            {"fields": [("format_name", "recording_licence", "is_off_record")]},
        ),
    ]

    state = badges.choice_badge("status", description=_("status"))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("edition", "track", "booking__room")

    @admin.display(description=_("time"), ordering="booking__during")
    def starts_at(self, session: Session):
        return session.booking.during.lower if session.booking else None

    @admin.display(description=_("room"), ordering="booking__room")
    def room(self, session: Session):
        return session.booking.room if session.booking else None

    def save_related(self, request, form, formsets, change) -> None:
        """Book after the session is stored; say it if something else is there."""
        super().save_related(request, form, formsets, change)
        record_edit(form.instance, getattr(form, "before", {}), by=request.user)
        try:
            form.place(form.instance, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return
        form.instance.refresh_from_db(fields=["booking"])
        for clash in clashes_with(form.instance):
            messages.warning(request, _("Clash: %(clash)s") % {"clash": clash})

    def delete_model(self, request, obj) -> None:
        self.delete_queryset(request, Session.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request, queryset) -> None:
        """Whoever has the grid open sees them go."""
        keys = list(queryset.order_by("edition").values_list("edition", "pk"))
        super().delete_queryset(request, queryset)
        for edition, rows in groupby(keys, key=itemgetter(0)):
            gone = [pk for _edition, pk in rows]
            record_many(lock_edition(edition), Step.Kind.EDIT, gone, by=request.user)

    @admin.action(description=_("Take into the programme"), permissions=["change"])
    def confirm(self, request, sessions) -> None:
        self._each(request, _("Take into the programme"), confirm_session, sessions)

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request, sessions) -> None:
        self._each(request, _("Cancel"), cancel_session, sessions)

    def _each(self, request, title: str, service, sessions) -> None:
        ids = list(sessions.values_list("pk", flat=True))
        tell(request, title, one_by_one(service, Session)(ids, by=request.user), {})
