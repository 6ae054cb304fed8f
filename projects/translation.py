"""Which columns of projects exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from projects.models import Project, Sector


@register(Sector)
class SectorOptions(TranslationOptions):
    fields = ("name",)


@register(Project)
class ProjectOptions(TranslationOptions):
    fields = ("title", "summary", "organization")
