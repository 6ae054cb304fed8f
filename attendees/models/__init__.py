from attendees.models.checkins import CheckIn
from attendees.models.duplicates import Duplicate, Erasure, Merge
from attendees.models.guestlists import ColumnMap, GuestList
from attendees.models.invitations import Invitation
from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category, Registration, Seat
from attendees.models.reminders import ReminderRule

__all__ = [
    "Association",
    "Category",
    "CheckIn",
    "ColumnMap",
    "Delegation",
    "Duplicate",
    "Erasure",
    "GuestList",
    "Invitation",
    "Merge",
    "Person",
    "Registration",
    "ReminderRule",
    "Seat",
]
