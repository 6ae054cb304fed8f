"""Addresses of invitations and registrations."""

from django.urls import path

from attendees.views import invitations
from attendees.views.addresses import InvitationAddress, RegistrationAddress
from attendees.views.boarding import BoardingListPdf, BoardingListXlsx, Briefing, BusList, BusRoll
from attendees.views.delegations import DelegationPage
from attendees.views.follow_ups import FollowUpPage, OwnFile
from attendees.views.own_data import OwnDataPage
from attendees.views.registering import ProveAddress, Register, RegisterAs
from attendees.views.registrations import RegistrationPage
from attendees.views.seats import SeatDoor, SeatList, SeatPage
from attendees.views.visa_checks import VisaCheck
from attendees.views.visas import VisaLetterFile, VisaPage
from attendees.views.waiting import WaitingPage

app_name = "attendees"
urlpatterns = [
    path("delegation/<str:token>/", DelegationPage.as_view(), name="delegation"),
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
    path(
        "registration/<str:token>/address/",
        RegistrationAddress.as_view(),
        name="registration_address",
    ),
    path("register/", Register.as_view(), name="register"),
    path("register/<str:kind>/", RegisterAs.as_view(), name="register_as"),
    path("register/proof/<str:token>/", ProveAddress.as_view(), name="prove"),
    path("registration/<str:token>/", RegistrationPage.as_view(), name="registration"),
    path("registration/<str:token>/forms/<slug:form>/", FollowUpPage.as_view(), name="follow_up"),
    path("registration/<str:token>/waiting/", WaitingPage.as_view(), name="waiting"),
    path("registration/<str:token>/seats/", SeatList.as_view(), name="seats"),
    path("registration/<str:token>/seats/<slug:code>/", SeatPage.as_view(), name="seat"),
    path("seats/<slug:code>/", SeatDoor.as_view(), name="seat_door"),
    path("registration/<str:token>/visa/", VisaPage.as_view(), name="visa"),
    path("registration/<str:token>/visa/letter.pdf", VisaLetterFile.as_view(), name="visa_letter"),
    path("boarding/", BusList.as_view(), name="buses"),
    path("boarding/<int:bus>/", BusRoll.as_view(), name="boarding"),
    path("boarding/<int:bus>/list.pdf", BoardingListPdf.as_view(), name="boarding_pdf"),
    path("boarding/<int:bus>/list.xlsx", BoardingListXlsx.as_view(), name="boarding_xlsx"),
    path("boarding/visits/<slug:code>/briefing.pdf", Briefing.as_view(), name="briefing"),
    path("visa/check/", VisaCheck.as_view(), name="visa_check"),
    path("visa/check/<str:code>/", VisaCheck.as_view(), name="visa_checked"),
    path("registration/<str:token>/files/<int:pk>/", OwnFile.as_view(), name="own_file"),
    path("registration/<str:token>/data/", OwnDataPage.as_view(), name="own_data"),
]
