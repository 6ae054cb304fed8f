from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Programme")

    def ready(self) -> None:
        from events import mails, receivers  # noqa: F401  deleted sessions free their rooms
        from events.generations import generations
        from hrconf.lib.front import watches
        from hrconf.mailing.kinds import name_kinds

        name_kinds(mails.KINDS)
        watches(generations)
        autodiscover_modules("figures", "dashboard", "doors", "worklists", "readers")
