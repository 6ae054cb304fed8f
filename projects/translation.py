"""Which columns of projects exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from projects.models import (
    BlindText,
    Call,
    CallKind,
    Competition,
    Criterion,
    EligibilityItem,
    Prize,
    Project,
    ReviewCriterion,
    ReviewPhase,
    Round,
    Sector,
)


@register(Sector)
class SectorOptions(TranslationOptions):
    fields = ("name",)


@register(Project)
class ProjectOptions(TranslationOptions):
    fields = ("title", "summary", "organization")


@register(Competition)
class CompetitionOptions(TranslationOptions):
    fields = ("name", "text")


@register(Round)
class RoundOptions(TranslationOptions):
    fields = ("name",)


@register(Criterion)
class CriterionOptions(TranslationOptions):
    fields = ("name", "rubric")


@register(Prize)
class PrizeOptions(TranslationOptions):
    fields = ("name",)


# Screening.


@register(ReviewPhase)
class ReviewPhaseOptions(TranslationOptions):
    fields = ("name", "guide")


@register(ReviewCriterion)
class ReviewCriterionOptions(TranslationOptions):
    fields = ("name", "help")


@register(EligibilityItem)
class EligibilityItemOptions(TranslationOptions):
    fields = ("text",)


@register(BlindText)
class BlindTextOptions(TranslationOptions):
    fields = ("title", "text")


# The call.


@register(Call)
class CallOptions(TranslationOptions):
    fields = ("name", "text")


@register(CallKind)
class CallKindOptions(TranslationOptions):
    fields = ("name", "help")
