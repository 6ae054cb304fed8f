from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "hrconf.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from hrconf.accounts import checks, guests, receivers  # noqa: F401  they register
        from hrconf.accounts.services import grant_role_permissions
        from hrconf.lib import checks as general_checks  # noqa: F401
        from hrconf.lib import typed

        typed.install()
        guests.discover()
        post_migrate.connect(grant_role_permissions)
