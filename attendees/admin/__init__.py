"""Guests in the office: people, associations, invitations, registrations."""

from attendees.admin import guestlists, invitations, people, registrations, rules

__all__ = ["guestlists", "invitations", "people", "registrations", "rules"]
