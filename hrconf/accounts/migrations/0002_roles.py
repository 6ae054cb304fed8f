from django.db import migrations

ROLES = ["organizer", "staff", "desk", "juror_manager", "press", "read_only"]


def make_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    """The roles of the conference office; roles.py says what each may do."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
