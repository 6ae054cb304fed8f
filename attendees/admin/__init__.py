"""Guests in the office: people, associations, invitations, registrations."""

from attendees.admin import (
    duplicates,
    erasures,
    guestlists,
    invitations,
    merges,
    people,
    registrations,
    rules,
)

__all__ = [
    "duplicates",
    "erasures",
    "guestlists",
    "invitations",
    "merges",
    "people",
    "registrations",
    "rules",
]
