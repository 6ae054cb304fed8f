"""The programme in the office: editions, places, sessions, speakers, releases."""

from events.admin import editions, feedback, imports, places, releases, sessions, speakers

__all__ = ["editions", "feedback", "imports", "places", "releases", "sessions", "speakers"]
