"""The office's first page."""

from django import template
from django.http import HttpRequest

from events.dashboard import Board, board_of
from events.models import Edition

register = template.Library()


@register.simple_tag(takes_context=True)
def office_board(context: template.Context) -> Board | None:
    """The board of the edition that the address names, else of the one at hand."""
    request: HttpRequest = context["request"]
    slug = request.GET.get("edition", "").replace("\x00", "")
    named = Edition.objects.filter(slug=slug).first() if slug else None
    edition = named or Edition.objects.at_hand()
    return board_of(edition, request.user) if edition else None


@register.simple_tag
def office_editions() -> list[Edition]:
    """The editions to choose from, the newest first."""
    return list(Edition.objects.newest_first())
