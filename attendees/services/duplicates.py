"""Records that may be of one person: found in PostgreSQL, decided by a person.

Only people who share a key are compared (`Person.match_keys`), and keys that
many people share tell nothing by themselves: so the work grows with the people,
not with their pairs. What somebody decided is never asked again.
"""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Duplicate, Person
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

# More people than these share a key: it is a common name, or the office's own phone.
MOST_OF_A_NAME = 40
MOST_OF_A_SPELLING = 150
ALIKE = 0.6  # of trigrams that two spellings share, from 0 to 1
WORTH_ASKING = 40
FINDING = 7_003  # our number among the advisory locks of the database

# What each reason counts. Names alone are worth asking; what contradicts takes away.
FIND = """
WITH
keys AS (
    SELECT id, unnest(match_keys) AS key FROM attendees_person
    WHERE merged_into_id IS NULL AND erased_at IS NULL
),
telling AS (
    SELECT key FROM keys GROUP BY key
    HAVING count(*) BETWEEN 2 AND CASE WHEN key LIKE 's:%%' THEN %(spelling)s ELSE %(name)s END
),
shared AS MATERIALIZED (
    SELECT a.id AS first, b.id AS second, array_agg(DISTINCT left(a.key, 1)) AS kinds
    FROM keys a JOIN telling USING (key) JOIN keys b ON b.key = a.key AND a.id < b.id
    GROUP BY a.id, b.id
),
compared AS (
    SELECT shared.first, shared.second, kinds,
        a.name_native ~ '[㐀-鿿]' AS a_han, b.name_native ~ '[㐀-鿿]' AS b_han,
        a.country AS a_country, b.country AS b_country,
        similarity(a.sort_key, b.sort_key) AS likeness,
        (lower(a.organization_en) = lower(b.organization_en) AND a.organization_en <> '')
            OR (a.organization_zh_hans = b.organization_zh_hans AND a.organization_zh_hans <> '')
            IS TRUE AS same_place,
        (coalesce(a.organization_en, '') || coalesce(a.organization_zh_hans, '') <> ''
            AND coalesce(b.organization_en, '') || coalesce(b.organization_zh_hans, '') <> '')
            AS both_placed
    FROM shared
    JOIN attendees_person a ON a.id = shared.first
    JOIN attendees_person b ON b.id = shared.second
),
reasoned AS (
    SELECT first, second, same_place, both_placed, a_country, b_country, likeness,
        'n' = ANY(kinds) AS same_name,
        'l' = ANY(kinds) AND NOT 'n' = ANY(kinds) AND NOT (a_han AND b_han) AND a_han <> b_han
            AS across,
        'l' = ANY(kinds) AND NOT 'n' = ANY(kinds) AND NOT (a_han OR b_han) AS same_sound,
        's' = ANY(kinds) AND NOT 'l' = ANY(kinds) AND NOT (a_han AND b_han)
            AND likeness >= %(alike)s AS alike,
        a_han AND b_han AND NOT 'n' = ANY(kinds) AS other_characters,
        'e' = ANY(kinds) AS same_email,
        'm' = ANY(kinds) AND NOT 'e' = ANY(kinds) AS like_email,
        'p' = ANY(kinds) AS same_phone
    FROM compared
),
scored AS (
    SELECT first, second,
        array_remove(ARRAY[
            CASE WHEN same_name THEN 'name' END, CASE WHEN same_sound THEN 'sound' END,
            CASE WHEN across THEN 'scripts' END, CASE WHEN alike THEN 'spelling' END,
            CASE WHEN same_email THEN 'email' END, CASE WHEN like_email THEN 'mailbox' END,
            CASE WHEN same_phone THEN 'phone' END, CASE WHEN same_place THEN 'place' END
        ]::varchar[], NULL) AS reasons,
        CASE WHEN same_name THEN 55 WHEN same_sound THEN 50 WHEN across THEN 45
            WHEN alike THEN 15 + 45 * likeness ELSE 0 END
        + CASE WHEN same_email THEN 45 WHEN like_email THEN 35 ELSE 0 END
        + CASE WHEN same_phone THEN 30 ELSE 0 END
        + CASE WHEN same_place THEN 25 WHEN both_placed THEN -10 ELSE 0 END
        + CASE WHEN a_country = '' OR b_country = '' THEN 0
            WHEN a_country = b_country THEN 5 ELSE -10 END
        - CASE WHEN other_characters THEN 40 ELSE 0 END AS score
    FROM reasoned
)
INSERT INTO attendees_duplicate AS known (first_id, second_id, score, reasons, state, found_at)
SELECT first, second, least(round(score), 100), reasons, 'open', %(now)s
FROM scored WHERE score >= %(worth)s
ON CONFLICT (first_id, second_id) DO UPDATE
SET score = excluded.score, reasons = excluded.reasons, found_at = excluded.found_at
WHERE known.state = 'open'
"""


@transaction.atomic
def find_duplicates() -> int:
    """Look for doubles among all people; return how many pairs wait for a decision.

    Twice at once finds nothing twice: the second waits. An open pair for which
    nothing speaks any more goes; a decided one stays decided.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FINDING])
        cursor.execute(
            FIND,
            {
                "name": MOST_OF_A_NAME,
                "spelling": MOST_OF_A_SPELLING,
                "alike": ALIKE,
                "worth": WORTH_ASKING,
                "now": now,
            },
        )
    Duplicate.objects.filter(state=Duplicate.State.OPEN, found_at__lt=now).delete()
    return Duplicate.objects.open().count()


def refresh_keys(progress: Callable[[int, int], None] | None = None, batch: int = 1000) -> int:
    """Make everybody findable anew, where a newer version makes other keys; return how many."""
    total, done, changed, last = Person.objects.count(), 0, 0, 0
    while people := list(Person.objects.filter(pk__gt=last).order_by("pk")[:batch]):
        last, done = people[-1].pk, done + len(people)
        stale = [person for person in people if _is_stale(person)]
        if stale:
            Person.objects.bulk_update(stale, ["search_text"])
        changed += len(stale)
        if progress:
            progress(done, total)
    return changed


def _is_stale(person: Person) -> bool:
    kept = person.search_text, person.match_keys
    person.make_findable()
    return kept != (person.search_text, person.match_keys)


@transaction.atomic
def ask_about(first: int, second: int) -> Duplicate:
    """The pair of two records that somebody wants to compare, whatever the search says."""
    low, high = sorted([first, second])
    if low == high:
        raise DomainError(_("Choose two records."), code="two")
    pair, _made = Duplicate.objects.get_or_create(
        first_id=low, second_id=high, defaults={"score": 0}
    )
    return pair


@transaction.atomic
def keep_apart(pk: int, *, by: User) -> Duplicate:
    """Decide that two records are of two people: never asked again."""
    pair = Duplicate.objects.select_for_update(of=("self",)).get(pk=pk)
    if pair.state == Duplicate.State.MERGED:
        raise DomainError(_("These records are merged already."), code="merged")
    if pair.state == Duplicate.State.OPEN:
        pair.state = Duplicate.State.DIFFERENT
        pair.decided_at, pair.decided_by = timezone.now(), by
        pair.save(update_fields=["state", "decided_at", "decided_by"])
    return pair


@transaction.atomic
def ask_again(pk: int) -> Duplicate:
    """Take a decision that two are different back."""
    pair = Duplicate.objects.select_for_update(of=("self",)).get(pk=pk)
    if pair.state == Duplicate.State.DIFFERENT:
        pair.state, pair.decided_at, pair.decided_by = Duplicate.State.OPEN, None, None
        pair.save(update_fields=["state", "decided_at", "decided_by"])
    return pair
