"""The forms of 2017, what guests answered, what they consented to."""

from datetime import date, timedelta
from random import Random
from typing import Any

from agreements.edition_2017.load.context import Context, moment
from agreements.edition_2017.questionnaires import MAIN, TRAVEL, Question
from agreements.edition_2017.text import Text
from attendees.models import (
    Category,
    Consent,
    ConsentText,
    FieldChoice,
    Form,
    FormField,
    FormSection,
    Registration,
    TakenChoice,
)

COMES_FROM_AFAR = {"professional", "project_holder"}
FIRST_DAY = date(2017, 11, 6)
DIETS = ["any"] * 16 + ["vegetarian"] * 3 + ["halal"]
FLIGHTS = ["MU 5101", "CA 1711", "HU 7578", "KE 879", "LH 720", "G 7349", "G 45", "CZ 3803"]


class Questionnaires:
    """Both forms, and the answers of everybody who has sent their registration."""

    def __init__(self, context: Context, categories: dict[str, Category]) -> None:
        self.context, self.rng = context, context.rng("questionnaires")
        self.texts: dict[str, ConsentText] = {}
        self.limited: dict[str, FieldChoice] = {}
        self.left: dict[str, int] = {}
        self.consents: list[Consent] = []
        self.taken: list[TakenChoice] = []
        self.make_forms(categories)

    def make_forms(self, categories: dict[str, Category]) -> None:
        main = self.make_form("main", Text("Registration", "报名表"), MAIN, 0)
        travel = self.make_form("travel", Text("Travel and stay", "行程与食宿"), TRAVEL, 1)
        travel.due_on = date(2017, 11, 3)
        travel.save()
        for kind, category in categories.items():
            category.form = main
            category.is_open_to_all = kind in {"visitor", "press", "investor"}
        Category.objects.bulk_update(categories.values(), ["form", "is_open_to_all"])
        travel.asked_after.set(categories[kind] for kind in sorted(COMES_FROM_AFAR))

    def make_form(self, slug: str, name: Text, parts: list, position: int) -> Form:
        form = Form.objects.create(
            edition=self.context.edition,
            slug=slug,
            name_en=name.en,
            name_zh_hans=name.zh,
            position=position,
        )
        made: dict[str, FormField] = {}
        for place, (title, questions) in enumerate(parts):
            section = FormSection.objects.create(
                form=form, title_en=title.en, title_zh_hans=title.zh, position=place
            )
            for at, question in enumerate(questions):
                made[question.key] = self.make_question(section, question, at, made)
        return form

    def make_question(
        self, section: FormSection, question: Question, position: int, made: dict[str, FormField]
    ) -> FormField:
        depends_on, answer = question.shown_if or ("", "")
        field = FormField.objects.create(
            form=section.form,
            section=section,
            key=question.key,
            kind=question.kind,
            label_en=question.words.en,
            label_zh_hans=question.words.zh,
            help_en=question.help.en,
            help_zh_hans=question.help.zh,
            is_required=question.is_required,
            asks_approval=question.asks_approval,
            meaning=question.meaning,
            shown_if_field=made.get(depends_on),
            shown_if=[answer] if answer else [],
            position=position,
        )
        self.make_choices(field, question)
        if question.consent:
            self.texts[question.key] = ConsentText.objects.create(
                field=field,
                version=1,
                text_en=question.consent.en,
                text_zh_hans=question.consent.zh,
                created_at=moment(8, 1),
            )
        return field

    def make_choices(self, field: FormField, question: Question) -> None:
        for position, (key, words, places) in enumerate(question.choices):
            places = places and places * self.context.scale
            choice = FieldChoice.objects.create(
                field=field,
                key=key,
                label_en=words.en,
                label_zh_hans=words.zh,
                places=places,
                position=position,
            )
            if places:
                self.limited[key], self.left[key] = choice, places

    # What guests answered -------------------------------------------------------------

    def answer(self, registration: Registration, kind: str) -> None:
        """Fill in the forms of a registration that was sent, before it is saved."""
        if registration.submitted_at is None:
            return
        rng = self.rng
        answers: dict[str, Any] = {"main": main_answers(rng)}
        if kind in COMES_FROM_AFAR and registration.status == "confirmed" and rng.random() < 0.7:
            answers["travel"] = self.travel_answers(registration)
        registration.answers = answers
        self.consent(registration, "privacy")
        if rng.random() < 0.8:
            self.consent(registration, "photos")

    def travel_answers(self, registration: Registration) -> dict[str, Any]:
        rng = self.rng
        hotel = rng.choice(["expo", "expo", "expo", "lake", "lake", "own"])
        if self.left.get(hotel, 1) <= 0:
            hotel = "own"
        if hotel in self.limited:
            self.left[hotel] -= 1
            place = TakenChoice(choice=self.limited[hotel], registration=registration)
            self.taken.append(place)
        return {
            "arrival": (FIRST_DAY + timedelta(days=rng.choice([0, 1, 1, 1]))).isoformat(),
            "flight": rng.choice(FLIGHTS),
            "pick-up": rng.choice(["yes", "no"]),
            "hotel": hotel,
            "diet": rng.choice(DIETS),
        }

    def consent(self, registration: Registration, key: str) -> None:
        self.consents.append(
            Consent(
                registration=registration,
                text=self.texts[key],
                language=registration.person.preferred_language,
                given_at=registration.submitted_at,
            )
        )

    def save(self) -> None:
        """Consents and places, once the registrations have their keys."""
        for row in [*self.consents, *self.taken]:
            row.registration_id = row.registration.pk
        self.context.save(self.consents)
        self.context.save(self.taken)


def main_answers(rng: Random) -> dict[str, Any]:
    sectors = ["information", "biomedicine", "manufacturing", "finance"]
    answers = {
        "first-visit": rng.choice(["yes", "no", "no"]),
        "sectors": sorted(rng.sample(sectors, rng.choice([1, 1, 2]))),
        "aim": rng.choice(["partners", "partners", "funding", "position", "site", "look"]),
        "interpreter": rng.choice(["no", "no", "no", "yes"]),
    }
    if answers["interpreter"] == "yes":
        answers["tongue"] = rng.choice(["en", "en", "ja", "ru", "ko"])
    return answers
