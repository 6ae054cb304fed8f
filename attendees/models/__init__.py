from attendees.models.answers import AnswerChange, AnswerFile, Companion, Consent, TakenChoice
from attendees.models.checkins import CheckIn
from attendees.models.forms import ConsentText, FieldChoice, Form, FormField, FormSection
from attendees.models.guestlists import GuestList
from attendees.models.invitations import Invitation
from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category, Registration, Seat
from attendees.models.reminders import ReminderRule
from attendees.models.requests import RegistrationRequest

__all__ = [
    "AnswerChange",
    "AnswerFile",
    "Association",
    "Category",
    "CheckIn",
    "Companion",
    "Consent",
    "ConsentText",
    "Delegation",
    "FieldChoice",
    "Form",
    "FormField",
    "FormSection",
    "GuestList",
    "Invitation",
    "Person",
    "Registration",
    "RegistrationRequest",
    "ReminderRule",
    "Seat",
    "TakenChoice",
]
