"""Guests in the office: people, associations, invitations, registrations, forms."""

from attendees.admin import (
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
    rules,
    visas,
    waits,
)

__all__ = [
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
    "rules",
    "visas",
    "waits",
]
