"""All addresses. Language first, then the edition; the office and health stand apart."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("hrconf.jobs.health_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("accounts/", include("hrconf.accounts.urls")),
        path("jobs/", include("hrconf.jobs.urls")),
        path("<slug:edition>/", include("agreements.urls")),
        path("<slug:edition>/", include("projects.urls")),
        path("<slug:edition>/", include("attendees.urls")),
        path("", include("events.urls")),
    ),
]
