"""Addresses of invitations and registrations."""

from django.urls import path

from attendees.views.invitations import InvitationPage
from attendees.views.own_data import OwnDataPage
from attendees.views.registrations import RegistrationPage

app_name = "attendees"
urlpatterns = [
    path("invitation/<str:token>/", InvitationPage.as_view(), name="invitation"),
    path("registration/<str:token>/", RegistrationPage.as_view(), name="registration"),
    path("registration/<str:token>/data/", OwnDataPage.as_view(), name="own_data"),
]
