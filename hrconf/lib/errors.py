"""Refusals: what a service says when it will not do a thing."""

from django.core.exceptions import ValidationError


class DomainError(ValidationError):
    """A rule of the conference forbids it; the message is one sentence for the reader."""
