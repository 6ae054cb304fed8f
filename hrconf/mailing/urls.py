"""Addresses of mail that its reader opens; the language stands before them."""

from django.urls import path

from hrconf.mailing.views import UnsubscribePage

app_name = "mailing"
urlpatterns = [
    path("unsubscribe/<str:token>/", UnsubscribePage.as_view(), name="unsubscribe"),
]
