"""Who waited for a seat with a seat of a kind of its own waits in the line of the session."""

from django.db import migrations


def to_waits(apps, schema_editor):
    """A seat "on the waiting list" becomes a place in line, where it stood."""
    seats = apps.get_model("attendees", "Seat").objects.filter(status="waitlisted")
    waits = apps.get_model("attendees", "Wait").objects
    for seat in seats.order_by("created_at", "pk"):
        waits.create(
            registration_id=seat.registration_id,
            session_id=seat.session_id,
            joined_at=seat.created_at,
            state="waiting",
        )
    seats.delete()


def to_seats(apps, schema_editor):
    """Back: an offer is not known to the older version, so it waits again; a past wait goes."""
    waits = apps.get_model("attendees", "Wait").objects.filter(session__isnull=False)
    seats = apps.get_model("attendees", "Seat").objects
    for wait in waits.filter(state__in=["waiting", "offered"]).order_by("joined_at", "pk"):
        seats.create(
            registration_id=wait.registration_id,
            session_id=wait.session_id,
            created_at=wait.joined_at,
            status="waitlisted",
        )
    waits.delete()
    seats.filter(status="called_off").update(status="cancelled")


class Migration(migrations.Migration):
    dependencies = [("attendees", "0014_seats")]
    operations = [migrations.RunPython(to_waits, to_seats)]
