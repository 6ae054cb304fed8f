"""The text of a project's public page, as its holder approves it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_SUMMARY = 3000  # characters


def line(label: object, language: str, length: int = 300) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": language})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


def text(label: object, language: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"lang": language, "rows": 7})
    return forms.CharField(label=label, max_length=LONGEST_SUMMARY, required=False, widget=widget)


class ShowcaseForm(forms.Form):
    """Title, company and description in both languages; one language is enough."""

    use_required_attribute = False

    title_en = line(_("Title in English"), "en")
    title_zh_hans = line(_("Title in Chinese"), "zh-Hans")
    organization_en = line(_("Company or team in English"), "en", 200)
    organization_zh_hans = line(_("Company or team in Chinese"), "zh-Hans", 200)
    summary_en = text(_("Description in English"), "en")
    summary_zh_hans = text(_("Description in Chinese"), "zh-Hans")
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def clean(self) -> dict[str, Any]:
        """Said next to the fields, before the service would refuse."""
        cleaned = super().clean() or {}
        titles = ["title_en", "title_zh_hans"]
        if not any(cleaned.get(name) for name in titles) and not self.errors.keys() & set(titles):
            self.add_error("title_en", _("Give the title in at least one language."))
        return cleaned
