"""What follows when a row of the programme goes."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete

from events.models import Booking, Session


def free_booking(instance: Model, **kwargs: Any) -> None:
    """Whoever owned a booking and is deleted lets go of the room."""
    owned = {getattr(instance, name, None) for name in ["booking_id", "held_id"]}
    Booking.objects.filter(pk__in=owned - {None}).delete()


def frees_its_booking(owner: type[Model]) -> None:
    """Rows of this model own a booking, by a column `booking`."""
    post_delete.connect(free_booking, sender=owner, dispatch_uid=f"free {owner._meta.label}")


frees_its_booking(Session)
