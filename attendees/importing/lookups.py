"""What rows of a list refer to: associations, categories, and who is a guest already."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from attendees.importing.columns import folded, heading
from attendees.importing.parsing import Guest
from attendees.importing.people import Known
from attendees.models import Association, Category, GuestList, Invitation, Registration
from hrconf.lib.wording import labelled


@dataclass
class Lookups:
    """Keys by the words people write, and the guests of the edition by person."""

    associations: dict[str, int]
    categories: dict[str, int]
    guests: set[int]
    is_guest_already: str = ""
    becomes_guest: str = ""
    _made: set[int] = field(default_factory=set)

    def resolve(self, guest: Guest, guest_list: GuestList) -> tuple[int | None, int | None]:
        """Category and association of a row; what is unknown becomes its trouble."""
        category = guest_list.category_id
        if guest.category:
            category = self.categories.get(folded(guest.category))
            if category is None:
                guest.troubles.append(labelled(heading("category"), _("is none of the edition")))
        association = guest_list.association_id
        if guest.association:
            association = self.associations.get(folded(guest.association))
            if association is None:
                guest.troubles.append(labelled(heading("association"), _("is none of ours")))
        return category, association

    def make_guest(self, known: Known | None) -> bool:
        """Whether the person is not a guest yet; they count as one from now on."""
        if known is None or known.key in self.guests or id(known) in self._made:
            return False
        self._made.add(id(known))
        return True


def load_lookups(guest_list: GuestList) -> Lookups:
    """Three queries, however long the list."""
    lookups = Lookups(_associations(), _categories(guest_list), set())
    if guest_list.purpose == GuestList.Purpose.INVITATIONS:
        invited = Invitation.objects.filter(edition=guest_list.edition_id)
        lookups.guests = set(invited.values_list("person", flat=True))
        lookups.is_guest_already = _("is invited already")
        lookups.becomes_guest = _("an invitation is drawn up")
    if guest_list.purpose == GuestList.Purpose.REGISTRATIONS:
        placed = Registration.objects.active().filter(edition=guest_list.edition_id)
        lookups.guests = set(placed.values_list("person", flat=True))
        lookups.is_guest_already = _("is registered already")
        lookups.becomes_guest = _("a registration waits for approval")
    return lookups


def _associations() -> dict[str, int]:
    rows = Association.objects.values_list("pk", "slug", "name_en", "name_zh_hans")
    return {folded(name): pk for pk, *names in rows for name in names if name}


def _categories(guest_list: GuestList) -> dict[str, int]:
    rows = Category.objects.filter(edition=guest_list.edition_id)
    found: dict[str, int] = {}
    for pk, kind, *names in rows.values_list("pk", "kind", "name_en", "name_zh_hans"):
        for name in [kind, *names, str(Category.Kind(kind).label)]:
            if name:
                found[folded(name)] = pk
    return found
