"""Who can be written to: kinds of rows that lead to people, and the filters on them.

Every app may register sources in a module `audiences.py`, which is found at
start-up; nothing here knows what is upstairs.

    register(Source("projects", _("Projects"), rows=…, person="holder", filters=[…]))
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from attendees.models import (
    Association,
    Audience,
    Category,
    Delegation,
    FormField,
    Invitation,
    Person,
    Registration,
)
from events.models import Edition
from hrconf.lib.wording import labelled

Choices = list[tuple[str, str]]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
LANGUAGES = Person._meta.get_field("preferred_language").choices


@dataclass(frozen=True)
class Filter:
    """A question about a row: what may be chosen, and which rows fit what was chosen."""

    key: str
    label: object
    choices: Callable[[Edition], Choices]
    condition: Callable[[Sequence[str]], Q]


@dataclass(frozen=True)
class Source:
    """Rows of an edition, how to get from one to its person, and the filters on them."""

    key: str
    title: object
    rows: Callable[[Edition], QuerySet]
    person: str
    filters: Sequence[Filter]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let audiences be chosen from a kind of rows."""
    if source.key in _sources:
        raise ImproperlyConfigured(f"There are two audience sources called {source.key}.")
    _sources[source.key] = source


def source_choices() -> Choices:
    return [(source.key, str(source.title)) for source in _sources.values()]


def source_of(audience: Audience) -> Source | None:
    """What an audience is chosen from; None if no app has it any more."""
    return _sources.get(audience.source)


def people_of(audience: Audience) -> QuerySet[Person]:
    """The people of an audience as it is now, by key; a filter nobody knows fits nobody."""
    source = source_of(audience)
    known = {one.key: one for one in source.filters} if source else {}
    chosen = {key: values for key, values in audience.filters.items() if values}
    if source is None or not set(chosen) <= set(known):
        return Person.objects.none()
    rows = source.rows(audience.edition).order_by()
    for key, values in chosen.items():
        rows = rows.filter(known[key].condition(values))
    return Person.objects.filter(pk__in=rows.values(source.person)).order_by("pk")


def in_words(audience: Audience) -> list[tuple[str, list[str]]]:
    """The filters as (question, what was chosen), in the reader's language."""
    source = source_of(audience)
    return list(_in_words(source, audience)) if source else []


def _in_words(source: Source, audience: Audience) -> Iterator[tuple[str, list[str]]]:
    for one in source.filters:
        values = audience.filters.get(one.key)
        if values:
            names: Mapping[str, str] = dict(one.choices(audience.edition))
            yield str(one.label), [str(names.get(value, value)) for value in values]


# Filters ------------------------------------------------------------------------------


def one_of(path: str) -> Callable[[Sequence[str]], Q]:
    """Rows whose column is one of what was chosen."""
    return lambda values: Q(**{f"{path}__in": list(values)})


def key_in(path: str) -> Callable[[Sequence[str]], Q]:
    """Rows that refer to one of what was chosen."""
    return lambda values: Q(**{f"{path}__in": [int(one) for one in values if one.isdecimal()]})


def yes_or_no(condition: Q) -> Callable[[Sequence[str]], Q]:
    """Rows of which it is true, or not; with both chosen all rows."""

    def chosen(values: Sequence[str]) -> Q:
        if {"yes", "no"} <= set(values):
            return Q()
        return condition if "yes" in values else ~condition

    return chosen


def _countries(rows: Callable[[Edition], QuerySet], path: str) -> Callable[[Edition], Choices]:
    def found(edition: Edition) -> Choices:
        codes = rows(edition).order_by().values_list(path, flat=True).distinct()
        names = [(code, countries.name(code)) for code in codes if code]
        return sorted(names, key=lambda one: str(one[1]))

    return found


def _named(model: type, *, of_edition: bool) -> Callable[[Edition], Choices]:
    def found(edition: Edition) -> Choices:
        rows = model._default_manager.all()
        rows = rows.filter(edition=edition) if of_edition else rows
        return [(str(row.pk), str(row)) for row in rows]

    return found


def about_people(rows: Callable[[Edition], QuerySet], prefix: str = "") -> list[Filter]:
    """Filters on the person of a row: country and language."""
    return [
        Filter(
            "country",
            _("Country or region"),
            _countries(rows, f"{prefix}country"),
            one_of(f"{prefix}country"),
        ),
        Filter(
            "language",
            _("Language of mail"),
            lambda edition: list(LANGUAGES),
            one_of(f"{prefix}preferred_language"),
        ),
    ]


# Answers to questions of forms: "<form>.<question>" is answered, "!…" is not, "…=<choice>".


def _answers(edition: Edition) -> Choices:
    asked = FormField.objects.filter(form__edition=edition, retired_at=None)
    asked = asked.exclude(kind=FormField.Kind.NOTE).select_related("form")
    found: Choices = []
    for field in asked.prefetch_related("choices").order_by("form", "position", "pk"):
        key, name = f"{field.form.slug}.{field.key}", labelled(field.form.name, field.label)
        found.append((key, str(_("%(question)s – answered")) % {"question": name}))
        found.append((f"!{key}", str(_("%(question)s – not answered")) % {"question": name}))
        found += [(f"{key}={one.key}", f"{name} – {one.label}") for one in field.choices.all()]
    return found


def _answered(values: Sequence[str]) -> Q:
    condition = Q()
    for value in values:
        condition |= _answer(value)
    return condition


def _answer(value: str) -> Q:
    path, has_choice, choice = value.lstrip("!").partition("=")
    slug, _dot, key = path.partition(".")
    if has_choice:
        one, many = ({slug: {key: answer}} for answer in (choice, [choice]))
        return Q(answers__contains=one) | Q(answers__contains=many)
    answer = KeyTextTransform(key, KeyTransform(slug, "answers"))
    return Q(IsNull(answer, value.startswith("!")))


# Sources of this storey ----------------------------------------------------------------


def _invitations(edition: Edition) -> QuerySet[Invitation]:
    return Invitation.objects.filter(edition=edition)


def _registrations(edition: Edition) -> QuerySet[Registration]:
    return Registration.objects.filter(edition=edition)


def _people(edition: Edition) -> QuerySet[Person]:
    """Everybody who was invited to an edition or registered for it."""
    invited, registered = _invitations(edition), _registrations(edition)
    return Person.objects.filter(
        Q(pk__in=invited.order_by().values("person"))
        | Q(pk__in=registered.order_by().values("person"))
    )


def _of(name: str, label: object, model: type, *, of_edition: bool) -> Filter:
    return Filter(name, label, _named(model, of_edition=of_edition), key_in(name))


CATEGORY = _of("category", _("Category"), Category, of_edition=True)
DELEGATION = _of("delegation", _("Delegation"), Delegation, of_edition=True)
ASSOCIATION = _of("association", _("Association"), Association, of_edition=False)


def _association_of_registration(values: Sequence[str]) -> Q:
    keys = [int(one) for one in values if one.isdecimal()]
    return Q(invitation__association__in=keys) | Q(delegation__association__in=keys)


register(
    Source(
        "invitations",
        _("Invitations"),
        rows=_invitations,
        person="person",
        filters=[
            Filter(
                "status",
                _("Status"),
                lambda edition: list(Invitation.Status.choices),
                one_of("status"),
            ),
            CATEGORY,
            ASSOCIATION,
            DELEGATION,
            *about_people(_invitations, "person__"),
            Filter(
                "arrived",
                _("Arrived"),
                lambda edition: list(YES_NO),
                yes_or_no(Q(registration__arrived_at__isnull=False)),
            ),
        ],
    )
)
register(
    Source(
        "registrations",
        _("Registrations"),
        rows=_registrations,
        person="person",
        filters=[
            Filter(
                "status",
                _("Status"),
                lambda edition: list(Registration.Status.choices),
                one_of("status"),
            ),
            CATEGORY,
            Filter(
                "association",
                _("Association"),
                _named(Association, of_edition=False),
                _association_of_registration,
            ),
            DELEGATION,
            *about_people(_registrations, "person__"),
            Filter(
                "arrived",
                _("Arrived"),
                lambda edition: list(YES_NO),
                yes_or_no(Q(arrived_at__isnull=False)),
            ),
            Filter("answer", _("Answers"), _answers, _answered),
        ],
    )
)
register(
    Source(
        "people",
        _("People of the edition"),
        rows=_people,
        person="pk",
        filters=about_people(_people),
    )
)
