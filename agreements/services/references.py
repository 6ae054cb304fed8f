"""The next number of an agreement."""

import re

from agreements.models import Agreement
from events.models import Edition

NUMBER = re.compile(r"^(.*?)(\d+)$")
DIGITS = 4


def next_reference(edition: Edition) -> str:
    """The edition's last reference counted on: after HZ-2017-0342 comes HZ-2017-0343.

    Only a proposal; that no two agreements share one is a constraint.
    """
    last = Agreement.objects.filter(edition=edition).order_by("-created_at", "-pk").first()
    found = NUMBER.match(last.reference) if last else None
    if found is None:
        return f"{edition.year}-{1:0{DIGITS}}"
    prefix, width = found[1], len(found[2])
    taken = Agreement.objects.filter(edition=edition, reference__startswith=prefix)
    numbers = [
        int(rest)
        for reference in taken.values_list("reference", flat=True)
        if (rest := reference.removeprefix(prefix)).isdecimal()
    ]
    return f"{prefix}{max(numbers) + 1:0{width}}"
