"""Which columns of people and registrations exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from attendees.models import Association, Category, Delegation, Person


@register(Category)
class CategoryOptions(TranslationOptions):
    fields = ("name", "covers")


@register([Association, Delegation])
class NameOptions(TranslationOptions):
    fields = ("name",)


@register(Person)
class PersonOptions(TranslationOptions):
    fields = ("organization", "title")
