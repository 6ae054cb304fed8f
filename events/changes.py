"""What changed from one snapshot of the programme to the next."""

from typing import Any

from events.snapshots import Snapshot

KINDS = ["new", "moved", "room", "text", "people", "cancelled", "restored", "removed"]
TIME = ["start", "end"]
TEXT = [
    "kind",
    "track",
    "title",
    "subtitle",
    "abstract",
    "description",
    "language",
    "interpretation",
    "stops",
]
SEATS = ["capacity", "needs_seat"]


def difference(before: Snapshot | None, after: Snapshot) -> dict[str, list[str]]:
    """Codes of sessions by kind of change; a session may be in several, empty kinds are left out.

    A first release has no changes: everything in it is simply there.
    """
    if before is None:
        return {}
    old, new = by_code(before), by_code(after)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for code, session in new.items():
        for kind in kinds_of_change(old.get(code), session):
            found[kind].append(code)
    found["removed"] = sorted(old.keys() - new.keys())
    return {kind: codes for kind, codes in found.items() if codes}


def kinds_of_change(before: dict | None, after: dict) -> list[str]:
    """How one session differs from what was last released of it."""
    if before is None:
        return ["new"]
    was, now = unstamped(before), unstamped(after)
    changed = {key for key in {*was, *now} if was.get(key) != now.get(key)}
    tests = {
        "moved": changed.intersection(TIME),
        "room": "room" in changed,
        "text": changed.intersection(TEXT + SEATS),
        "people": "people" in changed,
        "cancelled": "status" in changed and after["status"] == "cancelled",
        "restored": "status" in changed and after["status"] != "cancelled",
    }
    return [kind for kind, is_so in tests.items() if is_so]


def stamp_revisions(before: Snapshot | None, after: Snapshot, *, number: int, at: str) -> None:
    """Note in each session which release last changed it, for feeds and badges.

    What did not change keeps its note, so that equal programmes have equal snapshots.
    """
    old = by_code(before) if before else {}
    for session in after["sessions"]:
        earlier = old.get(session["code"])
        kinds = kinds_of_change(earlier, session)
        if kinds:
            session["revision"] = {"number": number, "at": at, "kinds": kinds}
        elif earlier:
            session["revision"] = earlier["revision"]


def unstamped(session: dict[str, Any]) -> dict[str, Any]:
    """What a snapshot says of a session, without the note of who changed it last."""
    return {key: value for key, value in session.items() if key != "revision"}


def by_code(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    return {session["code"]: session for session in snapshot["sessions"]}
