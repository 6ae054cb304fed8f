"""All addresses. Language first, then the edition; the office and health stand apart."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from hrconf.styleguide import styleguide

# For who builds pages; not there in production.
development = [path("styleguide/", styleguide, name="styleguide")] if settings.DEBUG else []

urlpatterns = [
    path("", include("hrconf.jobs.health_urls")),
    path("", include("events.front_urls")),
    path("", include("hrconf.mailing.returns.hooks")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        *development,
        path("accounts/", include("hrconf.accounts.urls")),
        path("jobs/", include("hrconf.jobs.urls")),
        path("mail/", include("hrconf.mailing.urls")),
        path("<slug:edition>/", include("agreements.urls")),
        path("<slug:edition>/", include("projects.urls")),
        path("<slug:edition>/", include("attendees.urls")),
        path("", include("events.urls")),
    ),
]
