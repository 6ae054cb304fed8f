"""What holds now, for the front: a token for each public edition."""

import hashlib
from collections.abc import Mapping

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import close_old_connections, connection

from events.models import Edition
from hrconf.lib.fingerprint import build_fingerprint


def generations() -> Mapping[str, str]:
    """A token by slug that changes with whatever its public pages are made of; one query.

    That is the row of the edition and of its series, and every release: which there
    are, and what they say (a person who was erased is taken out of old ones too).
    """
    close_old_connections()
    try:
        rows = list(
            Edition.objects.public()
            .select_related("series")
            .annotate(releases_now=ArrayAgg("releases__sha256", order_by="releases__number"))
        )
    except Exception:
        connection.close()  # perhaps it is dead: the next one is new
        raise
    return {row.slug: token_of(row) for row in rows}


def token_of(row: Edition) -> str:
    columns = [
        getattr(one, field.attname)
        for one in (row, row.series)
        for field in one._meta.concrete_fields
    ]
    text = repr([build_fingerprint(), columns, row.releases_now])  # type: ignore[attr-defined]
    return hashlib.sha256(text.encode()).hexdigest()
