"""Makers of audiences and campaigns for tests."""

from attendees.models import Audience, Campaign
from tests import make


def audience(**fields) -> Audience:
    """Everybody who is invited, unless filters say otherwise."""
    n = make.number()
    fields["edition"] = fields.get("edition") or make.edition()
    return Audience.objects.create(**{"name": f"Audience {n}", "source": "invitations", **fields})


def campaign(**fields) -> Campaign:
    """A draft to everybody who is invited."""
    n = make.number()
    if fields.get("audience") is None:
        fields["audience"] = audience(edition=fields.get("edition"))
    defaults = {
        "edition": fields["audience"].edition,
        "name_en": f"Campaign {n}",
        "name_zh_hans": f"群发{n}",
        "subject_en": "News for {name}",
        "subject_zh_hans": "致{name}",
        "text_en": "The {edition} begins soon.\n\nSee you in {city}.",
        "text_zh_hans": "{edition}即将开幕。\n\n{city}见。",
    }
    return Campaign.objects.create(**{**defaults, **fields})
