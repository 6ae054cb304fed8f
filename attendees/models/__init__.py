from attendees.models.checkins import CheckIn
from attendees.models.guestlists import GuestList
from attendees.models.invitations import Invitation
from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category, Registration, Seat
from attendees.models.reminders import ReminderRule

__all__ = [
    "Association",
    "Category",
    "CheckIn",
    "Delegation",
    "GuestList",
    "Invitation",
    "Person",
    "Registration",
    "ReminderRule",
    "Seat",
]
