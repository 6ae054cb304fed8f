from django.db import migrations, models
from django.db.models import Q


def name_arrivals(apps, schema_editor):
    """Until now a question for a date meant the arrival if its key began so."""
    fields = apps.get_model("attendees", "FormField").objects.using(schema_editor.connection.alias)
    asked = fields.filter(kind="date", key__startswith="arriv")
    first: dict[int, int] = {}
    for question in asked.order_by("-retired_at", "position", "pk"):  # never retired first
        first.setdefault(question.form_id, question.pk)
    fields.filter(pk__in=first.values()).update(meaning="arrival")


class Migration(migrations.Migration):
    dependencies = [("attendees", "0010_campaigns")]

    operations = [
        migrations.AddField(
            "formfield",
            "meaning",
            models.CharField(
                blank=True,
                choices=[("arrival", "Day of arrival"), ("departure", "Day of departure")],
                default="",
                help_text=(
                    "Whom the lists “Arriving today” and “Leaving today” name. Once in a form."
                ),
                max_length=10,
                verbose_name="meaning",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_arrivals, migrations.RunPython.noop),
        migrations.AddConstraint(
            "formfield",
            models.UniqueConstraint(
                condition=~Q(meaning=""),
                fields=("form", "meaning"),
                name="formfield_meaning_once_per_form",
                violation_error_message="Another question of the form has this meaning.",
            ),
        ),
        migrations.AddConstraint(
            "formfield",
            models.CheckConstraint(
                condition=Q(meaning="") | Q(kind="date", meaning__in=["arrival", "departure"]),
                name="formfield_meaning_of_a_date",
                violation_error_message="Only a question for a date has such a meaning.",
            ),
        ),
    ]
