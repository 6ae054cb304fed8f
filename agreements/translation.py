"""Which columns of agreements exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from agreements.models import Agreement, AgreementParty, Party


@register(Party)
class PartyOptions(TranslationOptions):
    fields = ("name",)


@register(Agreement)
class AgreementOptions(TranslationOptions):
    fields = ("title",)


@register(AgreementParty)
class AgreementPartyOptions(TranslationOptions):
    fields = ("signer_title",)
