"""What the leader of a delegation fills in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from attendees.forms.invitations import PlainForm
from attendees.forms.names import check_names
from attendees.importing.parsing import parse_rows
from attendees.importing.remembering import remembered
from attendees.importing.writing import header_of
from hrconf.lib.sheets_in import ENCODINGS, read_rows

MOST_ROWS = 500


class NomineeForm(PlainForm):
    """One member: a name in at least one script, an address, where they work."""

    use_required_attribute = False

    name_native = forms.CharField(
        label=gettext_lazy("Name in their own script"), max_length=200, required=False
    )
    name_latin = forms.CharField(
        label=gettext_lazy("Name in Latin letters"),
        help_text=gettext_lazy("At least one of the two."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("They get a link of their own.")
    )
    organization = forms.CharField(
        label=gettext_lazy("Organization (optional)"), max_length=200, required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Title or position (optional)"), max_length=200, required=False
    )
    country = forms.ChoiceField(label=gettext_lazy("Country or region"), required=False)
    preferred_language = forms.ChoiceField(
        label=gettext_lazy("Language of their mail"),
        choices=[("en", "English"), ("zh-hans", "中文")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        check_names(self, found)
        return found


class NomineesForm(forms.Form):
    """Members as a spreadsheet: every row in order, or none is taken."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet (XLSX or CSV)"),
        help_text=gettext_lazy(
            "With a heading for each column, such as name, e-mail, organization."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of a CSV file"),
        choices=[("", gettext_lazy("Found out by itself")), *ENCODINGS.items()],
        required=False,
    )
    guests: list[dict[str, str]]
    row_errors: list[tuple[int, str]]

    def clean(self) -> dict[str, Any]:
        """Read the rows; what is wrong with each stands in `row_errors` by its line."""
        self.guests, self.row_errors = [], []
        data = super().clean() or self.cleaned_data
        if data.get("file"):
            self.read(data["file"], data.get("encoding") or None)
        return data

    def read(self, file: Any, encoding: str | None) -> None:
        table = read_rows(file, encoding)
        header = header_of(table, remembered(table.header))
        if not header.has_names:
            raise ValidationError(_("No column holds names. Is the first line the heading?"))
        guests = parse_rows(header, table.rows[1 : MOST_ROWS + 1])
        for guest in guests:
            if not guest.values.get("email"):
                guest.troubles.append(_("no e-mail address"))
            self.row_errors += [(guest.line, trouble) for trouble in guest.troubles]
        if not guests:
            raise ValidationError(_("The file has no rows."))
        self.guests = [guest.values for guest in guests]
        if self.row_errors:
            raise ValidationError(_("Nobody was named yet: some rows have to be put right."))
