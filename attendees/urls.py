"""Addresses of invitations and registrations."""

from django.urls import path

from attendees.views import invitations
from attendees.views.addresses import InvitationAddress, RegistrationAddress
from attendees.views.registrations import RegistrationPage

app_name = "attendees"
urlpatterns = [
    path("invitation/<str:token>/", invitations.InvitationPage.as_view(), name="invitation"),
    path(
        "invitation/<str:token>/opened/",
        invitations.InvitationOpened.as_view(),
        name="invitation_opened",
    ),
    path(
        "invitation/<str:token>/letter.pdf",
        invitations.InvitationLetter.as_view(),
        name="invitation_letter",
    ),
    path(
        "invitation/<str:token>/calendar.ics",
        invitations.InvitationCalendar.as_view(),
        name="invitation_calendar",
    ),
    path("invitation/<str:token>/address/", InvitationAddress.as_view(), name="invitation_address"),
    path("registration/<str:token>/", RegistrationPage.as_view(), name="registration"),
    path(
        "registration/<str:token>/address/",
        RegistrationAddress.as_view(),
        name="registration_address",
    ),
]
