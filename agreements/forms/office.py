"""Forms of the office: an agreement, a rate, and what is asked before a deed."""

from typing import Any

from babel.numbers import is_currency
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, ExchangeRate
from events.models import Session


class CurrencyMixin:
    """A currency is one that exists, in capital letters."""

    def clean_currency(self) -> str:
        code = self.cleaned_data["currency"].strip().upper()
        if not is_currency(code):
            text = _("“%(code)s” is no currency. Write CNY, USD, EUR or another ISO code.")
            raise forms.ValidationError(text, params={"code": code})
        return code


class AgreementForm(CurrencyMixin, forms.ModelForm):
    """What is drawn up hangs together: park and district, meeting, project and edition."""

    class Meta:
        model = Agreement
        fields = "__all__"  # noqa: DJ007  the admin names the fields

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        park = given.get("park")
        if park and "district" in given:
            given["district"] = given["district"] or park.district
            if given["district"] != park.district:
                self.add_error("park", _("The park lies in another district."))
        self._check_thread(given)
        return given

    def _check_thread(self, given: dict[str, Any]) -> None:
        """Project, meeting and session are of the agreement's edition, and fit."""
        edition = given.get("edition") or getattr(self.instance, "edition", None)
        for name in ("project", "meeting", "signed_at_session"):
            row = given.get(name)
            if row and edition and row.edition_id != edition.pk:
                self.add_error(name, _("This is of another edition."))
        project, meeting = given.get("project"), given.get("meeting")
        if project and meeting and meeting.project_id != project.pk:
            self.add_error("meeting", _("The meeting was about another project."))


class RateForm(CurrencyMixin, forms.ModelForm):
    """A rate of a day, with who published it."""

    class Meta:
        model = ExchangeRate
        fields = ["currency", "on", "rate", "source"]

    def clean_currency(self) -> str:
        code = super().clean_currency()
        if code == "CNY":
            raise forms.ValidationError(_("One yuan is worth one yuan."))
        return code


def day_field(label: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"])


class NothingAsked(forms.Form):
    """A deed that needs no answer."""

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class SigningForm(NothingAsked):
    """When it was signed, and where if not as planned."""

    signed_on = day_field(gettext_lazy("Signed on"))
    session = forms.ModelChoiceField(
        label=gettext_lazy("Signed at"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=gettext_lazy("As planned on each agreement"),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        editions = {row.edition_id for row in rows}
        signings = Session.objects.filter(edition__in=editions, kind=Session.Kind.SIGNING)
        self.fields["session"].queryset = signings.order_by("code")


class CancellingForm(NothingAsked):
    """When and why it was cancelled."""

    on = day_field(gettext_lazy("Cancelled on"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
