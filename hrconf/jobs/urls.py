"""Addresses of long work."""

from django.urls import path

from hrconf.jobs.views import JobDetail, JobDownload, JobList

app_name = "jobs"
urlpatterns = [
    path("", JobList.as_view(), name="list"),
    path("<int:pk>/", JobDetail.as_view(), name="job"),
    path("<int:pk>/download/", JobDownload.as_view(), name="download"),
]
