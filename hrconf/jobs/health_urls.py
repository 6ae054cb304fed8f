"""The address a monitor asks."""

from django.urls import path

from hrconf.jobs.health_views import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
