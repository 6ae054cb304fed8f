"""Guests in the office: people, associations, invitations, registrations."""

from attendees.admin import invitations, people, registrations, rules

__all__ = ["invitations", "people", "registrations", "rules"]
