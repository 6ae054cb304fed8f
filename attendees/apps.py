from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AttendeesConfig(AppConfig):
    name = "attendees"
    verbose_name = _("Attendees")

    def ready(self) -> None:
        from attendees import receivers  # noqa: F401  listens to the outbox

        autodiscover_modules("timeline")
