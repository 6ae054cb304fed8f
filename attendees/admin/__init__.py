"""Guests in the office: people, associations, invitations, registrations, forms."""

from attendees.admin import (
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
)

__all__ = [
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
]
