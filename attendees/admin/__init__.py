"""Guests in the office: people, associations, invitations, registrations, forms."""

from attendees.admin import (
    audiences,
    campaigns,
    changes,
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
    visas,
    waits,
)

__all__ = [
    "audiences",
    "campaigns",
    "changes",
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
    "visas",
    "waits",
]
