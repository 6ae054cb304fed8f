from attendees.models.answers import AnswerChange, AnswerFile, Companion, Consent, TakenChoice
from attendees.models.boarding import Boarding
from attendees.models.campaigns import Audience, Campaign
from attendees.models.category_mails import CategoryMail
from attendees.models.checkins import CheckIn
from attendees.models.contacts import AddressChange, Contact, Mark
from attendees.models.duplicates import Duplicate, Erasure, Merge
from attendees.models.forms import ConsentText, FieldChoice, Form, FormField, FormSection
from attendees.models.guestlists import ColumnMap, GuestList
from attendees.models.invitations import Invitation
from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category, Registration, Seat
from attendees.models.reminders import Reminder, ReminderRule
from attendees.models.requests import RegistrationRequest
from attendees.models.visas import VisaLetter, VisaRegister, VisaRequest, VisaReveal
from attendees.models.waiting import Wait, WaitGroup, WaitStep

__all__ = [
    "AddressChange",
    "AnswerChange",
    "AnswerFile",
    "Association",
    "Audience",
    "Boarding",
    "Campaign",
    "Category",
    "CategoryMail",
    "CheckIn",
    "ColumnMap",
    "Companion",
    "Consent",
    "ConsentText",
    "Contact",
    "Delegation",
    "Duplicate",
    "Erasure",
    "FieldChoice",
    "Form",
    "FormField",
    "FormSection",
    "GuestList",
    "Invitation",
    "Mark",
    "Merge",
    "Person",
    "Registration",
    "RegistrationRequest",
    "Reminder",
    "ReminderRule",
    "Seat",
    "TakenChoice",
    "VisaLetter",
    "VisaRegister",
    "VisaRequest",
    "VisaReveal",
    "Wait",
    "WaitGroup",
    "WaitStep",
]
