from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from events.receivers import frees_its_booking
        from hrconf.lib.front import watches
        from hrconf.mailing.kinds import name_kinds
        from projects import mails
        from projects.models import Meeting
        from projects.services import (
            leftovers,  # noqa: F401  clears with a person
            papers_read,  # noqa: F401  lets reviewers and jurors read
            review_conflicts,  # noqa: F401  tells of conflicts
        )
        from projects.showcase import tokens

        name_kinds(mails.KINDS)
        watches(tokens)
        frees_its_booking(Meeting)
        autodiscover_modules("pipeline")
