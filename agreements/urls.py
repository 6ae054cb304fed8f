"""Addresses of agreements and their reports."""

from django.urls import path

from agreements.views.agreements import AgreementDetail, AgreementList
from agreements.views.reports import AgreementReport

app_name = "agreements"
urlpatterns = [
    path("agreements/", AgreementList.as_view(), name="list"),
    path("agreements/report/", AgreementReport.as_view(), name="report"),
    # A reference may hold a stroke, as in 2017/12.
    path("agreements/<path:reference>/", AgreementDetail.as_view(), name="agreement"),
]
