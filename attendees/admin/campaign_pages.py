"""The page on which a campaign's letter is read as one of its recipients gets it."""

from collections.abc import Mapping
from typing import Any

from attendees.models import Campaign, Person
from attendees.services.campaigns import texts_in
from attendees.services.placeholders import paragraphs, pieces
from attendees.services.recipients import readers_of, recipients_of

LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
MOST_FOUND = 20


def letter_page(campaign: Campaign, query: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows: the chosen recipient or the first, who is before and after them."""
    keys = keys_of(campaign)
    if not keys:
        return {"campaign": campaign, "reader": None}
    asked = query.get("person", "")
    place = keys.index(int(asked)) if asked.isdecimal() and int(asked) in keys else 0
    person = Person.objects.get(pk=keys[place])
    known = dict(LANGUAGES)
    asked_language = query.get("language", "")
    language = asked_language if asked_language in known else person.preferred_language
    return {
        "campaign": campaign,
        "reader": person,
        "place": place + 1,
        "count": len(keys),
        "before": keys[place - 1] if place else None,
        "after": keys[place + 1] if place + 1 < len(keys) else None,
        "language": language,
        "chosen_language": asked_language if asked_language in known else "",
        "languages": LANGUAGES,
        **search(keys, query.get("q", "").strip()),
        **letter(campaign, person, language),
    }


def search(keys: list[int], text: str) -> dict[str, Any]:
    """The recipients whose name, address or organization has the words."""
    if not text:
        return {"text": ""}
    found = Person.objects.search(text).filter(pk__in=keys)
    return {"text": text, "found": found[:MOST_FOUND]}


def keys_of(campaign: Campaign) -> list[int]:
    """The recipients: those chosen at the start, or who would be now."""
    if campaign.started_at:
        return campaign.recipients
    return [person.pk for person in recipients_of(campaign).going]


def letter(campaign: Campaign, person: Person, language: str) -> dict[str, Any]:
    """Subject and text, filled in and marked; links keep their secret."""
    reader = readers_of([person], campaign.edition, language=language, is_sample=True)[person.pk]
    subject, text = (pieces(one or "", reader) for one in texts_in(campaign, language))
    return {
        "name": person.name_in(language),
        "subject": paragraphs(subject, is_marked=True),
        "paragraphs": paragraphs(text, is_marked=True),
    }
