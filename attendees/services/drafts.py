"""Drawing up invitations: who is to be invited, before anything is mailed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from attendees.models import Association, Category, Invitation, Person
from hrconf.accounts.models import User


@transaction.atomic
def draft_invitations(
    person_ids: Collection[int],
    *,
    category: Category,
    by: User,
    association: Association | None = None,
    answer_by: date | None = None,
    may_send_deputy: bool = False,
) -> list[int]:
    """Draw up invitations to the category's edition; return the keys of the new ones.

    Whoever has an invitation already keeps it as it is, so twice adds nothing.
    """
    invited = Invitation.objects.filter(edition=category.edition_id, person__in=person_ids)
    people = Person.objects.filter(pk__in=person_ids, merged_into=None)
    people = people.exclude(pk__in=invited.values("person")).order_by("pk")
    drafts = [
        Invitation(
            edition_id=category.edition_id,
            person=person,
            category=category,
            association=association,
            owner=by,
            answer_by=answer_by,
            may_send_deputy=may_send_deputy,
        )
        for person in people
    ]
    made = Invitation.objects.bulk_create(drafts, ignore_conflicts=True)
    keys = Invitation.objects.filter(
        edition=category.edition_id, person__in=[draft.person_id for draft in made]
    )
    return list(keys.order_by("pk").values_list("pk", flat=True))
