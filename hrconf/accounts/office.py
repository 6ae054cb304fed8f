from django.contrib.admin.apps import AdminConfig


class OfficeConfig(AdminConfig):
    """The admin, on our own site class."""

    default = False
    default_site = "hrconf.accounts.admin_site.OfficeAdminSite"
