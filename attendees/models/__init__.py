from attendees.models.checkins import CheckIn
from attendees.models.contacts import AddressChange, Contact, Mark
from attendees.models.guestlists import GuestList
from attendees.models.invitations import Invitation
from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category, Registration, Seat
from attendees.models.reminders import ReminderRule

__all__ = [
    "AddressChange",
    "Association",
    "Category",
    "CheckIn",
    "Contact",
    "Delegation",
    "GuestList",
    "Invitation",
    "Mark",
    "Person",
    "Registration",
    "ReminderRule",
    "Seat",
]
