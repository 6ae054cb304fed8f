"""Placing a session by form: day, time, room, length; and blocking a room."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES

from events.languages import long_day
from events.models import Edition, Room, Session
from events.services.grid import days_of
from events.services.placing import LONGEST, SHORTEST, Place


class RoomField(forms.ModelChoiceField):
    """Rooms with the building they are in."""

    def label_from_instance(self, room: Room) -> str:
        return f"{room.venue} · {room}"


class PlaceForm(forms.Form):
    """Where a session is to be, as the clocks of the host city show it."""

    day = forms.ChoiceField(label=_("Day"))
    time = forms.TimeField(
        label=_("Starts at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=SHORTEST, max_value=LONGEST
    )
    room = RoomField(
        Room.objects.select_related("venue"), label=_("Room"), required=False, empty_label="—"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, edition: Edition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["day"].choices = [
            (f"{day:%Y-%m-%d}", long_day(day)) for day in days_of(edition)
        ]
        for name, one in self.fields.items():
            if name != "seen":
                one.widget.attrs["class"] = " ".join(INPUT_CLASSES)

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        day = datetime.strptime(given["day"], "%Y-%m-%d")  # noqa: DTZ007  its zone follows
        start = datetime.combine(day, given["time"], tzinfo=self.edition.tz)
        return Place(start, given["minutes"], given["room"].pk if given["room"] else None)


class BlockForm(PlaceForm):
    """A room to be blocked, with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = ["room", "day", "time", "minutes", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].required = True
        self.fields["seen"].required = False


def initial_of(session: Session, seen: int) -> dict[str, object]:
    """What the form shows first: where the session is now."""
    initial: dict[str, object] = {"minutes": session.minutes, "seen": seen}
    if booking := session.booking:
        start = timezone.localtime(booking.during.lower, session.edition.tz)
        initial |= {"day": f"{start:%Y-%m-%d}", "time": f"{start:%H:%M}", "room": booking.room_id}
    return initial
