"""The order of a report: which format, in which language."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# Named as their readers name them, whatever the language of the page.
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
FORMAT_NAMES = {"xlsx": "Excel (XLSX)", "csv": "CSV", "pdf": "PDF"}


class ReportOrder(forms.Form):
    """Both come in the address; without a format the report is a page."""

    format = forms.ChoiceField(
        label=_("Format"), choices=list(FORMAT_NAMES.items()), required=False
    )
    report_language = forms.ChoiceField(
        label=_("Language of the report"), choices=LANGUAGES, required=False
    )

    def clean_report_language(self) -> str:
        return self.cleaned_data["report_language"] or settings.LANGUAGE_CODE
