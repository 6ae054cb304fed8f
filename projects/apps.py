from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from events.receivers import frees_its_booking
        from projects.models import Meeting

        frees_its_booking(Meeting)
