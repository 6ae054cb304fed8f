"""The doors of this storey: a call that is open, a competition that shows its winners."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.doors import Door, contributes
from events.languages import zone_name
from events.models import Edition
from projects.models import Round
from projects.services.calls import call_of, closing_of, is_closed
from projects.services.winners import competition_of


@contributes(order=10)
def call(edition: Edition) -> Door | None:
    """The call while anything can be applied for, with the last moment for it."""
    found = call_of(edition)
    if found is None or timezone.now() < found.opens_at:
        return None
    still_open = [kind for kind in found.kinds.all() if not is_closed(kind)]
    if not still_open:
        return None
    last = max(closing_of(kind) for kind in still_open).astimezone(edition.tz)
    if last < timezone.now():  # the demo, whose edition is past, stays open
        text = _("Apply with your project.")
    else:
        text = _("Apply with your project until %(day)s (%(zone)s).") % {
            "day": date_format(last, "DATETIME_FORMAT"),
            "zone": zone_name(last),
        }
    url = reverse("projects:call", kwargs={"edition": edition.slug})
    return Door(found.name, text, _("To the call"), url, "edit")


@contributes(order=20)
def competition(edition: Edition) -> Door | None:
    """The competition once a winner is revealed; nothing of it shows before."""
    found = competition_of(edition)
    shown = Round.objects.published().filter(competition=found, revealed__gt=0)
    if found is None or not shown.exists():
        return None
    url = reverse("projects:winners", kwargs={"edition": edition.slug})
    text = _("The winners with their prizes.")
    return Door(found.name, text, _("To the winners"), url, "star")
