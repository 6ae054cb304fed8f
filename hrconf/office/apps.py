from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficePartsConfig(AppConfig):
    name = "hrconf.office"
    label = "office"
    verbose_name = _("Office")

    def ready(self) -> None:
        from hrconf.office import done_admin  # noqa: F401  admin.py has the base classes
