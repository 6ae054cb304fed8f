"""Which columns of people and registrations exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from attendees.models import Association, Category, Delegation, Person


@register([Association, Category, Delegation])
class NameOptions(TranslationOptions):
    fields = ("name",)


@register(Person)
class PersonOptions(TranslationOptions):
    fields = ("organization", "title")
