"""Invitation codes for many at once: named one on a line, or every association."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from projects.models import Call, ProjectCode
from projects.services.codes import draw_many

MOST_NAMES = 500


class ManyCodesForm(forms.Form):
    """For whom codes are drawn, and what they are good for."""

    use_required_attribute = False

    call = forms.ModelChoiceField(
        Call.objects.all(), label=gettext_lazy("Call"), widget=UnfoldAdminSelectWidget
    )
    names = forms.CharField(
        label=gettext_lazy("For whom, one on a line"),
        required=False,
        max_length=40_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 8}),
        help_text=gettext_lazy("Whoever has a code of this call already gets no second one."),
    )
    associations = forms.BooleanField(
        label=gettext_lazy("For every association"), required=False, widget=UnfoldBooleanWidget
    )
    most_uses = forms.IntegerField(
        label=gettext_lazy("Projects, at most"),
        initial=1,
        min_value=1,
        max_value=1000,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    closes_at = forms.SplitDateTimeField(
        label=gettext_lazy("Good until"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=gettext_lazy("Empty: as long as the call."),
    )

    def clean_names(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        longest = ProjectCode._meta.get_field("label").max_length
        if len(names) > MOST_NAMES:
            text = _("At most %(most)s names at once.") % {"most": MOST_NAMES}
            raise ValidationError(text)
        for name in names:
            if len(name) > longest:
                text = _("“%(name)s…” is too long: at most %(most)s characters.")
                raise ValidationError(text % {"name": name[:30], "most": longest})
        return names

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "names" in found and not found["names"] and not found.get("associations"):
            self.add_error("names", _("Name somebody, or choose every association."))
        return found

    def draw(self) -> list[ProjectCode]:
        """Draw what is not drawn yet; twice adds nothing."""
        given = self.cleaned_data
        return draw_many(
            given["call"],
            given["names"],
            associations=given["associations"],
            most_uses=given["most_uses"],
            closes_at=given["closes_at"],
        )
