"""The steps of an application as forms: filled from what is kept, judged as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from attendees.forms.designed import DesignedForm
from attendees.models import Form, FormField
from attendees.services.questions import Known, name_of, questions_of
from projects.forms.applying import ProjectForm
from projects.models import Application, ProjectFile
from projects.services.applications import Given

PROJECT, QUESTIONS, TEAM, FILES, SEND = "project", "questions", "team", "files", "send"
TITLES = {
    PROJECT: gettext_lazy("The project"),
    QUESTIONS: gettext_lazy("Questions"),
    TEAM: gettext_lazy("The team"),
    FILES: gettext_lazy("Files"),
    SEND: gettext_lazy("Check and send"),
}


@dataclass(frozen=True)
class Missing:
    """What is still to be done, and in which step."""

    step: str
    text: str


@dataclass(frozen=True)
class Step:
    """A step as the page's head lists it."""

    slug: str
    number: int
    missing: int

    @property
    def title(self) -> str:
        return str(TITLES[self.slug])


def form_of(application: Application) -> Form | None:
    """What is asked of this kind of project."""
    pk = application.kind.form_id
    return Form.objects.outlined().get(pk=pk) if pk else None


def step_slugs(application: Application) -> list[str]:
    questions = [QUESTIONS] if application.kind.form_id else []
    return [PROJECT, *questions, TEAM, FILES, SEND]


def steps_of(application: Application) -> list[Step]:
    """The steps with how much is missing in each."""
    missing = missing_of(application)
    return [
        Step(slug, number, sum(1 for one in missing if one.step == slug))
        for number, slug in enumerate(step_slugs(application), start=1)
    ]


# What is kept, as boxes hold it -----------------------------------------------------------


def boxes(found: Mapping[str, Any], typed: Mapping[str, list[str]]) -> MultiValueDict:
    """Values as a browser would send them; what was typed and is not in order comes first."""
    plain = {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in found.items()
        if value not in (None, "")
    }
    return MultiValueDict({**plain, **typed})


def kept_project(application: Application) -> MultiValueDict:
    project = application.project
    found = {name: getattr(project, name) for name in ProjectForm.base_fields if name != "sector"}
    found["sector"] = project.sector_id
    return boxes(found, application.typed.get(PROJECT, {}))


def kept_answers(application: Application, form: Form) -> MultiValueDict:
    asked = questions_of(form)
    found = {
        name_of(question): application.answers[question.key]
        for question in asked
        if question.key in application.answers
    }
    agreed = [
        q for q in asked if version_of(q) and version_of(q) == application.consents.get(q.key)
    ]
    found |= {name_of(question): "on" for question in agreed}
    return boxes(found, application.typed.get(QUESTIONS, {}))


def version_of(question: FormField) -> int:
    """The version of a consent's present text; 0 of what is no consent."""
    texts = question.texts.all() if question.kind == FormField.Kind.CONSENT else []
    return texts[0].version if texts else 0


def project_form(application: Application, data: Any = None, *, is_draft: bool) -> ProjectForm:
    data = kept_project(application) if data is None else data
    return ProjectForm(application.kind, data, is_draft=is_draft)


def questions_form(
    application: Application, form: Form, data: Any = None, *, is_draft: bool
) -> DesignedForm:
    data = kept_answers(application, form) if data is None else data
    known = Known(answers=application.answers, consents=set(application.consents))
    return DesignedForm(form, data, known=known, is_draft=is_draft)


# What was sent, as the service takes it ---------------------------------------------------


def given_project(form: ProjectForm) -> Given:
    return Given(PROJECT, valid=form.valid(), typed=wrong(form))


def given_questions(form: DesignedForm) -> Given:
    agreed = form.consents()
    consents = {q.key: version_of(q) for q in form.questions if q.key in agreed}
    return Given(QUESTIONS, typed=wrong(form), answers=form.answers(), consents=consents)


def wrong(form: ProjectForm | DesignedForm) -> dict[str, list[str]]:
    """What was typed into the boxes that are not in order."""
    data = form.data
    read = data.getlist if hasattr(data, "getlist") else lambda name: [data.get(name, "")]
    return {name: read(name) for name in form.errors if name in form.fields}


# What is missing --------------------------------------------------------------------------


def missing_of(application: Application) -> list[Missing]:
    """All that keeps the application from being sent, in the order of the steps."""
    found = _wrong_in(PROJECT, project_form(application, is_draft=False))
    if asked := form_of(application):
        found += _wrong_in(QUESTIONS, questions_form(application, asked, is_draft=False))
    decks = application.project.files.filter(kind=ProjectFile.Kind.DECK)
    if application.kind.needs_deck and not decks.exists():
        found.append(Missing(FILES, _("Add a deck.")))
    return found


def _wrong_in(step: str, form: ProjectForm | DesignedForm) -> list[Missing]:
    form.is_valid()
    separator = pgettext("between a name and what is said of it", ": ")
    return [
        Missing(
            step, f"{form.fields[name].label}{separator}{error}" if name in form.fields else error
        )
        for name, errors in form.errors.items()
        for error in errors
    ]
