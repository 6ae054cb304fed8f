"""The programme in the office: editions, places, sessions, speakers, releases."""

from events.admin import editions, places, releases, sessions, speakers

__all__ = ["editions", "places", "releases", "sessions", "speakers"]
