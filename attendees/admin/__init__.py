"""Guests in the office: people, associations, invitations, registrations, forms."""

from attendees.admin import (
    forms,
    guestlists,
    invitations,
    people,
    questions,
    registrations,
    rules,
)

__all__ = [
    "forms",
    "guestlists",
    "invitations",
    "people",
    "questions",
    "registrations",
    "rules",
]
