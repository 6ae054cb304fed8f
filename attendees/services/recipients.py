"""Who gets a campaign's letter, who is left out, and why."""

from collections.abc import Iterable, Mapping, Sequence

from attendees.audiences import people_of
from attendees.models import Audience, Campaign, Invitation, Person, Registration
from attendees.services.placeholders import GONE, Reader, lacks, names_in
from attendees.services.previews import Preview, mail_troubles
from events.models import Edition
from hrconf.mailing.addresses import normalized

# What a letter needs of a person; the rest of the columns is wide.
COLUMNS = [
    "name_native",
    "name_latin",
    "email",
    "country",
    "preferred_language",
    "title_en",
    "title_zh_hans",
    "organization_en",
    "organization_zh_hans",
    "merged_into",
    "erased_at",
]


def recipients_of(campaign: Campaign) -> Preview[Person]:
    """Who would get the letter now; a fixed number of queries, however many people."""
    return sort_out(campaign, people_of(campaign.audience).only(*COLUMNS))


def readers_of_audience(audience: Audience) -> Preview[Person]:
    """Who of an audience can be mailed at all, whatever the letter says."""
    preview: Preview[Person] = Preview()
    _sort(preview, list(people_of(audience).only(*COLUMNS)))
    return preview


def sort_out(campaign: Campaign, people: Iterable[Person]) -> Preview[Person]:
    """Of some people those who get the letter, and of the others why they do not."""
    preview: Preview[Person] = Preview()
    _sort(preview, list(people))
    _leave_out(preview, _holes(campaign, preview.going))
    if campaign.is_once_per_address:
        _leave_out(preview, _same_address(preview.going))
    return preview


def sort_people(people: Sequence[Person], *, optional: bool) -> Preview[Person]:
    """Of some people those who can be mailed; optional mail stops for who unsubscribed."""
    preview: Preview[Person] = Preview()
    _sort(preview, people, optional=optional)
    return preview


def _sort(preview: Preview[Person], people: Sequence[Person], *, optional: bool = True) -> None:
    troubles = mail_troubles(people, optional=optional)
    for person in people:
        reason = _gone(person) or troubles.get(person.pk)
        if reason:
            preview.left_out.append((person, reason))
        else:
            preview.going.append(person)


def _gone(person: Person) -> str:
    if person.erased_at:
        return "erased"
    return "merged" if person.merged_into_id else ""


def _leave_out(preview: Preview[Person], reasons: Mapping[int, str]) -> None:
    """Move people from those who get the letter to those who do not."""
    going, preview.going = preview.going, []
    for person in going:
        if person.pk in reasons:
            preview.left_out.append((person, reasons[person.pk]))
        else:
            preview.going.append(person)


def _holes(campaign: Campaign, people: Sequence[Person]) -> dict[int, str]:
    """People for whom something that the text needs is missing, such as a link of theirs."""
    names = names_in(*texts_of(campaign))
    readers = readers_of(people, campaign.edition)
    return {pk: "lacks" for pk, reader in readers.items() if lacks(reader, names)}


def texts_of(campaign: Campaign) -> list[str]:
    """Subject and text in both languages."""
    return [
        campaign.subject_en,
        campaign.subject_zh_hans,
        campaign.text_en,
        campaign.text_zh_hans,
    ]


def _same_address(people: Sequence[Person]) -> dict[int, str]:
    """All but the first of each address."""
    seen: set[str] = set()
    found = {}
    for person in people:
        address = normalized(person.email)
        if address in seen:
            found[person.pk] = "same_address"
        seen.add(address)
    return found


def readers_of(
    people: Sequence[Person], edition: Edition, *, language: str = "", is_sample: bool = False
) -> dict[int, Reader]:
    """People by key with their invitation and registration: two queries for all of them."""
    keys = [person.pk for person in people]
    invitations = _invitations(keys, edition)
    registrations = _registrations(keys, edition)
    return {
        person.pk: Reader(
            person,
            edition,
            language or person.preferred_language,
            invitations.get(person.pk),
            registrations.get(person.pk),
            is_sample,
        )
        for person in people
    }


def _invitations(keys: Sequence[int], edition: Edition) -> dict[int, Invitation]:
    rows = Invitation.objects.filter(edition=edition, person__in=keys)
    found = {row.person_id: row for row in rows.select_related("association", "owner")}
    for row in found.values():
        row.edition = edition
    return found


def _registrations(keys: Sequence[int], edition: Edition) -> dict[int, Registration]:
    """The registration that counts: one that goes on before one that has ended."""
    rows = list(Registration.objects.filter(edition=edition, person__in=keys).order_by("pk"))
    found = {row.person_id: row for row in rows if row.status in GONE}
    found |= {row.person_id: row for row in rows if row.status not in GONE}
    for row in found.values():
        row.edition = edition
    return found
