"""Writes of the attendees: invitations, registrations, check-ins, reminders."""
