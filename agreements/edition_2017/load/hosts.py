"""Who receives guests at a park, and signs for it: one invented official each."""

from agreements.edition_2017.load.context import Context
from agreements.edition_2017.names import OWN, Name


def park_host(context: Context, park_slug: str) -> Name:
    return OWN["CN"].draw(context.rng(f"host-{park_slug}"))
