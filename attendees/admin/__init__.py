"""Guests in the office: people, associations, invitations, registrations, forms."""

from attendees.admin import (
    audiences,
    campaigns,
    duplicates,
    erasures,
    forms,
    guestlists,
    invitations,
    merges,
    people,
    questions,
    registrations,
    reminders,
    rules,
)

__all__ = [
    "audiences",
    "campaigns",
    "duplicates",
    "erasures",
    "forms",
    "guestlists",
    "invitations",
    "merges",
    "people",
    "questions",
    "registrations",
    "reminders",
    "rules",
]
