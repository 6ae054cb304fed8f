"""What a form of the office starts with."""

from typing import Any

from events.models import Edition


def with_edition(initial: dict[str, Any], **others: Any) -> dict[str, Any]:
    """The edition at hand, unless the address of the form names another."""
    edition = Edition.objects.at_hand()
    return {**({"edition": edition.pk} if edition else {}), **others, **initial}


class StartsWithEdition:
    """An admin whose add form proposes the edition at hand."""

    def get_changeform_initial_data(self, request) -> dict[str, Any]:
        return with_edition(super().get_changeform_initial_data(request))
