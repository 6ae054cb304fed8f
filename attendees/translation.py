"""Which columns of people and registrations exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from attendees.models import (
    Association,
    Campaign,
    Category,
    CategoryMail,
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


@register(Campaign)
class CampaignOptions(TranslationOptions):
    """Who sends a campaign writes in both languages: nobody gets half a letter."""

    fields = ("name", "subject", "text")
    required_languages = ("en", "zh-hans")


@register(CategoryMail)
class CategoryMailOptions(TranslationOptions):
    fields = ("text",)


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
