"""What applicants type: who they are, their project, their team."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_countries import countries

from attendees.forms.kinds import OneLetterLineEnds
from attendees.forms.names import check_names
from attendees.forms.registering import RegisterForm
from hrconf.lib.errors import DomainError
from projects.forms.showcase import line
from projects.models import Call, CallKind, Project, ProjectCode, Sector
from projects.services.calls import sectors_of
from projects.services.codes import read_code

CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY", "KRW", "HKD", "SGD", "CAD", "AUD", "CHF"]


def bare_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def sector_choices(call: Call) -> list[tuple[str, Any]]:
    """The sectors that are called for, each with its sub-sectors; of a full one it is said."""
    called = sectors_of(call)
    parts: dict[int, list[tuple[str, str]]] = {}
    for part in Sector.objects.filter(parent__in=[sector.pk for sector, _left in called]):
        parts.setdefault(part.parent_id or 0, []).append((str(part.pk), part.name))
    found: list[tuple[str, Any]] = []
    for sector, left in called:
        name = sector.name if left != 0 else _("%(name)s (full)") % {"name": sector.name}
        own = (str(sector.pk), name)
        found.append((name, [own, *parts[sector.pk]]) if sector.pk in parts else own)
    return found


class StartForm(RegisterForm):
    """Who applies, with what; an address to prove, a code where one was given."""

    title = forms.CharField(label=gettext_lazy("Title of the project"), max_length=300)
    sector = forms.TypedChoiceField(label=gettext_lazy("Sector"), coerce=int)
    code = forms.CharField(
        label=gettext_lazy("Invitation code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("If you were given one. Capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code-box"}),
    )
    field_order = ["title", "sector", "name_native", "name_latin", "email", "organization"]

    def __init__(self, kind: CallKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.found: ProjectCode | None = None
        self.fields["sector"].choices = [("", "—"), *sector_choices(kind.call)]
        self.fields["code"].required = kind.call.needs_code

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if typed:
            self.found = read_code(self.kind.call, typed)
        return typed

    def details(self) -> dict[str, Any]:
        """The columns of the request."""
        names = ["name_native", "name_latin", "email", "organization", "country", "title"]
        kept = {name: self.cleaned_data[name] for name in names}
        return kept | {"sector_id": self.cleaned_data["sector"]}


class Multiline(forms.Textarea):
    """A box that says how many letters are left while one types."""

    def __init__(self, language: str, most: int, rows: int = 8) -> None:
        super().__init__(
            attrs={"lang": language, "rows": rows, "maxlength": most, "data-most": most}
        )


class ProjectForm(forms.Form):
    """What every project is asked. A draft may leave anything out, but nothing wrong in."""

    use_required_attribute = False

    title_en = line(gettext_lazy("Title in English"), "en")
    title_zh_hans = line(gettext_lazy("Title in Chinese"), "zh-Hans")
    sector = forms.TypedChoiceField(label=gettext_lazy("Sector"), coerce=int)
    organization_en = line(gettext_lazy("Company or team in English"), "en", 200)
    organization_zh_hans = line(gettext_lazy("Company or team in Chinese"), "zh-Hans", 200)
    country = forms.ChoiceField(label=gettext_lazy("Country or region"), required=False)
    founded_year = forms.IntegerField(
        label=gettext_lazy("Founded in (optional)"),
        required=False,
        min_value=1800,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "code-box"}),
        help_text=gettext_lazy("The year, if there is a company."),
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=Project.Stage.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    seeking = forms.MultipleChoiceField(
        label=gettext_lazy("What are you looking for? (optional)"),
        choices=Project.Seeking.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    funding_sought = forms.DecimalField(
        label=gettext_lazy("Funding sought (optional)"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("A number without separators, such as 1500000."),
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[(one, one) for one in CURRENCIES], required=False
    )
    website = forms.URLField(
        label=gettext_lazy("Website (optional)"),
        max_length=200,
        required=False,
        assume_scheme="https",
    )
    video_url = forms.URLField(
        label=gettext_lazy("Video"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The address of a video of at most three minutes."),
    )
    summary_en = forms.CharField(label=gettext_lazy("Description in English"), required=False)
    summary_zh_hans = forms.CharField(label=gettext_lazy("Description in Chinese"), required=False)

    def __init__(self, kind: CallKind, *args: Any, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.is_draft = kind, is_draft
        self.fields["sector"].choices = sector_choices(kind.call)
        self.fields["country"].choices = [("", "—"), *countries]
        if not kind.needs_video:
            self.fields["video_url"].label = _("Video (optional)")
        most = kind.most_letters
        for name, language in [("summary_en", "en"), ("summary_zh_hans", "zh-Hans")]:
            self.fields[name].widget = Multiline(language, most)
            self.fields[name].validators = [OneLetterLineEnds(most)]
            self.fields[name].help_text = _("At most %(most)s characters.") % {"most": most}
        if (get_language() or "").startswith("zh"):
            self._chinese_first()

    def _chinese_first(self) -> None:
        """Who reads Chinese is asked for Chinese first."""
        order = list(self.fields)
        for name in ["title", "organization", "summary"]:
            first, second = order.index(f"{name}_en"), order.index(f"{name}_zh_hans")
            order[first], order[second] = order[second], order[first]
        self.order_fields(order)

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"] or "CNY"

    def clean_summary_en(self) -> str:
        return self.cleaned_data["summary_en"].replace("\r\n", "\n")

    def clean_summary_zh_hans(self) -> str:
        return self.cleaned_data["summary_zh_hans"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.is_draft:
            self._either("title", _("Give the title in at least one language."))
            self._either("summary", _("Describe the project in at least one language."))
            needed = ["country", "stage", *(["video_url"] if self.kind.needs_video else [])]
            for name in needed:
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed."))
        return found

    def _either(self, name: str, text: str) -> None:
        both = [box for box in self.fields if box.startswith(f"{name}_")]
        given = any(self.cleaned_data.get(box) for box in both)
        if not given and not set(both) & set(self.errors):
            self.add_error(both[0], text)

    def valid(self) -> dict[str, Any]:
        """The columns of the project that are in order."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "sector"}
        if self.cleaned_data.get("sector"):
            found["sector_id"] = self.cleaned_data["sector"]
        return found

    @property
    def helper(self) -> FormHelper:
        return bare_helper()


class NamesForm(forms.Form):
    """Somebody by name and address: a member of the team, or who takes over."""

    use_required_attribute = False

    name_native = forms.CharField(
        label=gettext_lazy("Name in their own script"), max_length=200, required=False
    )
    name_latin = forms.CharField(
        label=gettext_lazy("Name in Latin letters"), max_length=200, required=False
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        check_names(self, found)
        return found

    @property
    def helper(self) -> FormHelper:
        return bare_helper()


class AddressForm(forms.Form):
    """The address of somebody who lost their link."""

    use_required_attribute = False

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)

    @property
    def helper(self) -> FormHelper:
        return bare_helper()


class MemberForm(NamesForm):
    """Whom the applicant asks into the team."""

    role = forms.CharField(
        label=gettext_lazy("Role in the project (optional)"), max_length=150, required=False
    )


class OwnPartForm(forms.Form):
    """What a member says of themselves."""

    use_required_attribute = False
    LONGEST = 1000

    name_native = forms.CharField(
        label=gettext_lazy("Name in your own script"), max_length=200, required=False
    )
    name_latin = forms.CharField(
        label=gettext_lazy("Name in Latin letters"), max_length=200, required=False
    )
    role = forms.CharField(label=gettext_lazy("Your role in the project"), max_length=150)
    part = forms.CharField(
        label=gettext_lazy("About you"),
        required=False,
        help_text=gettext_lazy("What you have done before, and what you do in this project."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].widget = Multiline("", self.LONGEST, rows=5)
        del self.fields["part"].widget.attrs["lang"]
        self.fields["part"].validators = [OneLetterLineEnds(self.LONGEST)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        names = ["name_native", "name_latin"]
        if not any(found.get(name) for name in names) and not set(names) & set(self.errors):
            self.add_error("name_native", _("Give the name in at least one script."))
        return found

    @property
    def helper(self) -> FormHelper:
        return bare_helper()


class PaperForm(forms.Form):
    """One file to add."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, endings: list[str], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)

    def refuse(self, refusal: DomainError) -> None:
        self.add_error("file", refusal)

    @property
    def helper(self) -> FormHelper:
        return bare_helper()
