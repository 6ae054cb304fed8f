"""The roles of the conference office and what each may do.

Roles are groups made by a migration; their permissions follow this table after
every `migrate`, so that a new model only needs a line here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A job in the conference office."""

    ORGANIZER = "organizer", _("Organizer")
    STAFF = "staff", _("Agreements staff")
    DESK = "desk", _("Registration desk")
    JUROR_MANAGER = "juror_manager", _("Jury manager")
    PRESS = "press", _("Press office")
    READ_ONLY = "read_only", _("Read only")


# Role → permission patterns "<app>.<action>_<model>"; a star stands for all.
GRANTS: dict[Role, list[str]] = {
    Role.ORGANIZER: [
        "events.*",
        "attendees.*",
        "projects.*",
        "agreements.view_*",
        "mailing.*",
        "office.*",
        "jobs.view_*",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "auth.view_group",
    ],
    Role.STAFF: [
        "agreements.*",
        "projects.view_*",
        "attendees.view_person",
        "attendees.view_boarding",
        "attendees.add_boarding",
        "events.view_*",
        "jobs.view_*",
    ],
    Role.DESK: [
        "attendees.view_registration",
        "attendees.view_person",
        "attendees.view_delegation",
        "attendees.view_checkin",
        "attendees.add_checkin",
        "attendees.view_boarding",
        "attendees.add_boarding",
        "events.view_*",
    ],
    Role.JUROR_MANAGER: ["projects.*", "events.view_*"],
    Role.PRESS: [],  # the figures page is public; drafts of bulletins come later
    Role.READ_ONLY: [
        "events.view_*",
        "attendees.view_*",
        "projects.view_*",
        "agreements.view_*",
        "jobs.view_*",
    ],
}
