"""Who was on the waiting list of a category before there were rows for it."""

from django.db import migrations


def stand_in_line(apps, schema_editor):
    Registration = apps.get_model("attendees", "Registration")
    Wait = apps.get_model("attendees", "Wait")
    waiting = Registration.objects.filter(status="waitlisted", waits=None)
    rows = waiting.order_by("submitted_at", "pk").values_list("pk", "category_id", "submitted_at")
    Wait.objects.bulk_create(
        [
            Wait(registration_id=pk, category_id=category, joined_at=at, state="waiting")
            for pk, category, at in rows
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("attendees", "0006_delegations")]
    operations = [migrations.RunPython(stand_in_line, migrations.RunPython.noop)]
