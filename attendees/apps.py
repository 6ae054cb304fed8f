from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AttendeesConfig(AppConfig):
    name = "attendees"
    verbose_name = _("Attendees")

    def ready(self) -> None:
        from attendees import mails, receivers  # noqa: F401  receivers listens to the outbox
        from hrconf.mailing.kinds import name_kinds

        name_kinds(mails.KINDS, optional=mails.OPTIONAL, personal=mails.PERSONAL)

        autodiscover_modules(
            "timeline",
            "timeline_registrations",
            "belongings",
            "audiences",
            "readers",
            "duties",
        )
