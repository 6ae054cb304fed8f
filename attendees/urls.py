"""Addresses of invitations and registrations."""

from django.urls import path

from attendees.views.follow_ups import FollowUpPage, OwnFile
from attendees.views.invitations import InvitationPage
from attendees.views.own_data import OwnDataPage
from attendees.views.registering import ProveAddress, Register, RegisterAs
from attendees.views.registrations import RegistrationPage
from attendees.views.waiting import WaitingPage

app_name = "attendees"
urlpatterns = [
    path("invitation/<str:token>/", InvitationPage.as_view(), name="invitation"),
    path("register/", Register.as_view(), name="register"),
    path("register/<str:kind>/", RegisterAs.as_view(), name="register_as"),
    path("register/proof/<str:token>/", ProveAddress.as_view(), name="prove"),
    path("registration/<str:token>/", RegistrationPage.as_view(), name="registration"),
    path("registration/<str:token>/forms/<slug:form>/", FollowUpPage.as_view(), name="follow_up"),
    path("registration/<str:token>/waiting/", WaitingPage.as_view(), name="waiting"),
    path("registration/<str:token>/files/<int:pk>/", OwnFile.as_view(), name="own_file"),
    path("registration/<str:token>/data/", OwnDataPage.as_view(), name="own_data"),
]
