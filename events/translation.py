"""Which columns of the programme exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from events.models import (
    Bus,
    District,
    Edition,
    Park,
    PlannedRelease,
    Release,
    Room,
    Series,
    Session,
    Speaker,
    Track,
    Venue,
)


@register([District, Series, Track])
class NameOptions(TranslationOptions):
    fields = ("name",)


@register(Room)
class RoomOptions(TranslationOptions):
    fields = ("name", "directions", "plan_alt")


@register(Edition)
class EditionOptions(TranslationOptions):
    fields = ("name", "tagline", "about", "city")


@register(Park)
class ParkOptions(TranslationOptions):
    fields = ("name", "strengths")


@register(Venue)
class VenueOptions(TranslationOptions):
    fields = ("name", "address")


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("title", "subtitle", "abstract", "description")


@register(Bus)
class BusOptions(TranslationOptions):
    fields = ("meeting_point",)


@register(Speaker)
class SpeakerOptions(TranslationOptions):
    fields = ("title", "organization", "biography", "portrait_alt")


@register([PlannedRelease, Release])
class ReleaseOptions(TranslationOptions):
    fields = ("name", "note")
