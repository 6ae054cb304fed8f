"""Which columns of people and registrations exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from attendees.models import (
    Association,
    Category,
    ConsentText,
    Delegation,
    FieldChoice,
    Form,
    FormField,
    FormSection,
    Person,
)


@register(Category)
class CategoryOptions(TranslationOptions):
    fields = ("name", "covers")


@register([Association, Delegation])
class NameOptions(TranslationOptions):
    fields = ("name",)


@register(Person)
class PersonOptions(TranslationOptions):
    fields = ("organization", "title")


@register(Form)
class FormOptions(TranslationOptions):
    fields = ("name", "intro")


@register(FormSection)
class FormSectionOptions(TranslationOptions):
    fields = ("title", "help")


@register(FormField)
class FormFieldOptions(TranslationOptions):
    fields = ("label", "help")


@register(FieldChoice)
class FieldChoiceOptions(TranslationOptions):
    fields = ("label",)


@register(ConsentText)
class ConsentTextOptions(TranslationOptions):
    fields = ("text",)
