"""Hostile text typed into every box: kept as typed, or refused beside the box in both languages.

Forms are found by looking, so a new one is tried without being named.
"""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from attendees.models import Person, RegistrationRequest
from attendees.services.delegations import delegation_link
from attendees.services.letters import invitation_link, registration_link
from attendees.services.questions import name_of
from hrconf.lib.typed import trouble_of
from tests import make
from tests.attendees import hostile, make_forms
from tests.role_world import AHEAD_DAYS

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "attendees" / "forms"
CHINESE = "请"
DEPUTY = {"email": "d@guests.example", "organization": "Lab", "title": "Dr"}
NAMES = {"name_native": "王芳", "name_latin": "Wang Fang"}


def boxes() -> list[tuple[type[forms.Form], str, bool]]:
    """Every plain text field of every form of this storey, and whether it has lines."""
    found = {}
    for file in sorted(FOLDER.glob("*.py")):
        for _name, form in inspect.getmembers(import_module(f"attendees.forms.{file.stem}")):
            if inspect.isclass(form) and issubclass(form, forms.Form):
                for key, field in form.base_fields.items():
                    if type(field) is forms.CharField:
                        has_lines = isinstance(field.widget, forms.Textarea)
                        found[f"{form.__name__}.{key}"] = (form, key, has_lines)
    return [found[key] for key in sorted(found)]


BOXES = boxes()
# What forms are made for.
OPTIONS = {
    "first": lambda: AHEAD_DAYS["starts_on"],
    "last": lambda: AHEAD_DAYS["ends_on"],
    "max_companions": lambda: 3,
    "edition": lambda: make.edition(**AHEAD_DAYS),
}
# Boxes with narrower rules of their own: a passport's letters, a code of digits.
NARROW = ["PassportForm"]
PLAIN = [box for box in BOXES if box[0].__name__ not in NARROW]


def filled(form: type[forms.Form], key: str, text: str) -> forms.Form:
    takes = inspect.signature(form.__init__).parameters
    return form({key: text}, **{name: OPTIONS[name]() for name in takes if name in OPTIONS})


def test_there_are_boxes_to_try():
    assert len(BOXES) > 20


@pytest.mark.parametrize("box", BOXES, ids=lambda box: f"{box[0].__name__}.{box[1]}")
def test_hidden_marks_are_refused_beside_the_field(box):
    form, key, has_lines = box
    for name, text in hostile.REFUSED.items():
        if has_lines and name in hostile.ONE_LINE:
            continue
        for language in ["en", "zh-hans"]:
            with translation.override(language):
                [error] = filled(form, key, text).errors[key]
                assert error
                assert (CHINESE in error or "字符" in error) == (language == "zh-hans")


@pytest.mark.parametrize("box", PLAIN, ids=lambda box: f"{box[0].__name__}.{box[1]}")
def test_everything_else_is_kept_as_typed(box):
    form, key, _has_lines = box
    for text in hostile.KEPT.values():
        longest = form.base_fields[key].max_length or 10**4
        made = filled(form, key, text[:longest])
        assert key not in made.errors or longest < 50
        if key in made.cleaned_data:
            kept = made.cleaned_data[key]
            assert kept in (text[:longest].strip(), [text[:longest].strip()])


# The words of the rule ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Zoë", "한국", "नमस्ते", "ไทย น้ำ", "e\u0301\u0323", "🏳️\u200d🌈", "Ⅳ 2017 –"]
)
def test_scripts_of_the_world_are_no_trouble(text):
    assert trouble_of(text) == ""


@pytest.mark.parametrize("text", ["First\r\nsecond", "one\ttwo\nthree"])
def test_lines_are_kept_where_lines_belong(text):
    assert trouble_of(text) == "line_end" or "\n" not in text
    assert trouble_of(text, may_have_lines=True) == ""


# Through the pages --------------------------------------------------------------------------


def local(link: str) -> str:
    return link.removeprefix(settings.BASE_URL)


@pytest.fixture
def edition():
    return make.edition(**AHEAD_DAYS)


def pages(edition) -> dict[str, tuple[str, dict[str, str], list[str]]]:
    """Each public page with boxes: its address, what is typed in order, and the boxes."""
    category = make.category(edition, "visitor", is_open_to_all=True)
    sent = make.invitation(edition=edition, status="sent", may_send_deputy=True)
    place = make_forms.registration(asked := make_forms.form(edition=edition))
    city = name_of(make_forms.question(asked, "city"))
    led = make.delegation(edition=edition, leader=make.person(), category=category)
    there = {"edition": edition.slug, "kind": category.kind}
    member = {**NAMES, **DEPUTY, "preferred_language": "en"}
    deputy = {"answer": "deputy", **NAMES, **DEPUTY}
    stranger = {**NAMES, "email": "s@guests.example", "country": "CA"}
    names = ["name_native", "name_latin", "organization"]
    details = {"organization": "Lab", "title": "Dr"}
    return {
        "register": (reverse("attendees:register_as", kwargs=there), stranger, names),
        "deputy": (local(invitation_link(sent, "en")), deputy, [*names, "title"]),
        "answer": (local(invitation_link(sent, "en")), {"answer": "decline"}, ["note"]),
        "member": (local(delegation_link(led, "en")), member, [*names, "title"]),
        "details": (local(registration_link(place, "en")), details, ["title", "note", city]),
    }


@pytest.mark.parametrize("name", ["register", "deputy", "answer", "member", "details"])
@pytest.mark.parametrize("attack", ["NUL", "turned around", "nothing seen", "stack"])
def test_page_says_what_is_wrong_and_writes_nothing(client, edition, name, attack):
    address, typed, keys = pages(edition)[name]
    people = Person.objects.count()

    for key in keys:
        response = client.post(address, {**typed, key: hostile.REFUSED[attack]})
        page = response.content.decode()
        assert response.status_code == 422, key
        assert "please type it anew" in page or "Too many marks" in page
        assert hostile.probes(page) == []
        assert Person.objects.count() == people
        assert not RegistrationRequest.objects.exists()


@pytest.mark.parametrize("text", hostile.KEPT.values(), ids=hostile.KEPT.keys())
def test_stranger_registers_under_any_name_that_can_be_seen(client, edition, text):
    address, typed, _keys = pages(edition)["register"]

    response = client.post(address, {**typed, "name_native": text, "organization": text})

    assert response.status_code == 302
    request = RegistrationRequest.objects.get()
    assert (request.name_native, request.organization) == (text, text)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "turn text around"), ("zh-hans", "颠倒文字方向")]
)
def test_office_is_told_beside_the_box_as_well(client, settings, language, said):
    client.force_login(make.organizer())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    typed = {"name_native": hostile.REFUSED["turned around"], "name_latin": hostile.KEPT["markup"]}

    page = client.post(reverse("admin:attendees_person_add"), typed).content.decode()

    assert said in page
    assert hostile.as_typed(page, hostile.KEPT["markup"])
    assert hostile.KEPT["markup"] not in page
    assert not Person.objects.exists()


def test_answer_to_a_designed_question_is_shown_as_typed(client, edition):
    """To the person again, and to the office."""
    asked = make_forms.form(edition=edition)
    city = name_of(make_forms.question(asked, "city", "long_text"))
    place = make_forms.registration(asked)
    typed = {"organization": "Lab", "title": "Dr", "note": hostile.KEPT["formula"]}

    address = local(registration_link(place, "en"))
    sent = client.post(address, {**typed, city: hostile.ALL, "complete": "1"}, follow=True)
    client.force_login(make.organizer())
    office = client.get(reverse("admin:attendees_registration_change", args=[place.pk]))

    for page in [sent.content.decode(), office.content.decode()]:
        assert hostile.holes(page) == []
    assert hostile.as_typed(office.content.decode(), hostile.ALL)
    place.refresh_from_db()
    assert place.answers[asked.slug]["city"] == hostile.ALL
