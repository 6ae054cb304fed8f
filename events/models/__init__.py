from events.models.editing import Availability, RoomBlock, Step, Walk
from events.models.editions import Edition, RecordedTotal, Series
from events.models.favourites import Favourite, StarList
from events.models.feedback import Feedback
from events.models.imports import ScheduleImport
from events.models.places import District, Park, Room, Venue
from events.models.releases import PlannedRelease, Release
from events.models.sessions import Booking, Session, Track
from events.models.speakers import Appearance, Speaker
from events.models.visits import Bus, VisitStop

__all__ = [
    "Appearance",
    "Availability",
    "Booking",
    "Bus",
    "District",
    "Edition",
    "Favourite",
    "Feedback",
    "Park",
    "PlannedRelease",
    "RecordedTotal",
    "Release",
    "Room",
    "RoomBlock",
    "ScheduleImport",
    "Series",
    "Session",
    "Speaker",
    "StarList",
    "Step",
    "Track",
    "Venue",
    "VisitStop",
    "Walk",
]
