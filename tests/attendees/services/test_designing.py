"""Designing forms: order, retiring, consents by version, a form of last year."""

import pytest

from attendees.models import Consent, Form, FormField
from attendees.services import designing
from attendees.services.answering import Given, save_answers
from attendees.services.designing import (
    answered_keys,
    arrange_form,
    bring_back_question,
    copy_form,
    delete_question,
    free_key,
    move_question,
    move_section,
    order_of,
    retire_question,
    write_consent_text,
)
from attendees.services.questions import questions_of
from hrconf.lib.errors import DomainError
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import outlined, question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


def keys(form) -> list[str]:
    """The questions in the order of the page."""
    return [asked.key for asked in questions_of(outlined(form))]


@pytest.fixture
def form():
    """Two sections: a, b and c."""
    made = make_forms.form()
    question(made, "a")
    question(made, "b")
    second = made.sections.create(title_en="Second", title_zh_hans="二", position=1)
    question(made, "c", section=second)
    return made


def pk(form, key) -> int:
    return form.fields.get(key=key).pk


@pytest.mark.parametrize(
    ("key", "up", "after"),
    [
        ("a", False, "bac"),
        ("b", True, "bac"),
        ("b", False, "abc"),  # over the end of its section
        ("c", True, "abc"),
        ("a", True, "abc"),  # it is the first
        ("c", False, "abc"),
    ],
)
def test_question_moves_one_place(form, key, up, after):
    move_question(pk(form, key), up=up)

    assert "".join(keys(form)) == after


def test_question_moves_over_the_end_of_its_section(form):
    move_question(pk(form, "b"), up=False)

    assert [len(pks) for pks in order_of(form).values()] == [1, 2]


def test_section_moves_with_its_questions(form):
    move_section(form.sections.last().pk, up=True)

    assert keys(form) == ["c", "a", "b"]


def test_order_is_refused_when_somebody_has_added_a_question(form):
    order = order_of(form)
    question(form, "d")

    with pytest.raises(DomainError) as refusal:
        arrange_form(form.pk, order)

    assert refusal.value.code == "changed"


def answered(form, **answers):
    registration = make_forms.registration(form)
    save_answers(registration.pk, outlined(form), Given(answers), language="en")
    return registration


def test_answered_question_is_retired_and_brought_back_with_its_answers(form):
    registration = answered(form, a="yes")

    with pytest.raises(DomainError) as refusal:
        delete_question(pk(form, "a"))
    retire_question(pk(form, "a"))
    retired = keys(form)
    bring_back_question(pk(form, "a"))

    assert refusal.value.code == "answered"
    assert retired == ["b", "c"]
    assert keys(form) == ["a", "b", "c"]
    registration.refresh_from_db()
    assert registration.answers[form.slug] == {"a": "yes"}


def test_question_without_answers_can_be_deleted(form):
    answered(form, a="yes")

    delete_question(pk(form, "b"))

    assert keys(form) == ["a", "c"]


@pytest.mark.parametrize("deed", [retire_question, delete_question])
def test_question_that_another_depends_on_stays(form, deed):
    visa = question(form, "visa", Kind.YES_NO)
    question(form, "city", shown_if_field=visa, shown_if=["yes"])

    with pytest.raises(DomainError) as refusal:
        deed(visa.pk)

    assert refusal.value.code == "dependants"


def test_answers_files_and_consents_all_count_as_answers(form):
    question(form, "rules", Kind.CONSENT, text="Words")
    registration = make_forms.registration(form)
    given = Given({"a": "x"}, consents={"rules"})
    save_answers(registration.pk, outlined(form), given, language="en")

    assert answered_keys(form) == {"a", "rules"}


def test_words_that_somebody_consented_to_become_an_older_version(form):
    asked = question(form, "rules", Kind.CONSENT, text="Wrods")
    write_consent_text(asked, {"en": "Words", "zh_hans": "文字"})
    assert [text.version for text in asked.texts.all()] == [1]
    registration = make_forms.registration(form)
    save_answers(registration.pk, outlined(form), Given(consents={"rules"}), language="en")

    same = write_consent_text(asked, {"en": "Words", "zh_hans": "文字"})
    other = write_consent_text(asked, {"en": "Other words", "zh_hans": "文字"})

    assert (same.version, other.version) == (1, 2)
    assert Consent.objects.get().text.text_en == "Words"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Do you need a visa?", "do-you-need-a-visa-2"),
        ("您是否需要签证", "nin-shi-fou-xu-yao-qian-zheng"),
        ("???", "question"),
        ("x" * 90, "x" * 36),
    ],
)
def test_key_is_made_of_the_words_and_is_free(label, key):
    assert free_key({"do-you-need-a-visa"}, label) == key


def test_form_of_last_year_is_copied_with_its_conditions_and_without_answers(form):
    visa = question(form, "visa", Kind.CHOICE, choices=[("yes", 3), "no"])
    question(form, "city", shown_if_field=visa, shown_if=["yes"])
    question(form, "rules", Kind.CONSENT, text="Words")
    retire_question(pk(form, "c"))
    answered(form, a="x")

    made = copy_form(form, make.edition())

    assert keys(made) == ["a", "b", "visa", "city", "rules"]
    city = made.fields.get(key="city")
    assert city.shown_if_field == made.fields.get(key="visa")
    assert city.label_zh_hans == "问题city"
    assert [c.key for c in city.shown_if_field.choices.all()] == ["yes", "no"]
    assert made.fields.get(key="rules").texts.get().text_en == "Words"
    assert answered_keys(made) == set()


def test_form_is_not_copied_over_another():
    form = make_forms.form(slug="main")
    edition = make_forms.form(slug="main").edition

    with pytest.raises(DomainError) as refusal:
        copy_form(form, edition)

    assert refusal.value.code == "exists"
    assert Form.objects.count() == 2


def test_order_is_changed_by_one_organizer_at_a_time(form, django_assert_num_queries):
    with django_assert_num_queries(14) as queries:
        designing.move_question(pk(form, "a"), up=False)

    assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries.captured_queries)
