"""What the office fills in while it designs a form."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendees.models import Form
from events.models import Edition


class SectionForm(forms.Form):
    """A new section, in both languages."""

    title_en = forms.CharField(label=gettext_lazy("Title (English)"), max_length=150)
    title_zh_hans = forms.CharField(label=gettext_lazy("Title (中文)"), max_length=150)


class ArrangeForm:
    """The order that the page sends after dragging: [[section, [question, …]], …]."""

    @staticmethod
    def order_in(text: str) -> dict[int, list[int]]:
        """The order, or a refusal where the text is none."""
        try:
            read: Any = json.loads(text)
            return {int(section): [int(pk) for pk in pks] for section, pks in read}
        except (ValueError, TypeError) as error:
            raise ValidationError(_("The order could not be read.")) from error


class CopyForm(forms.Form):
    """For which edition the questions are copied."""

    edition = forms.ModelChoiceField(Edition.objects.none(), label=gettext_lazy("Edition"))

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.exclude(pk=form.edition_id).order_by("-year")
        self.fields["edition"].queryset = others
