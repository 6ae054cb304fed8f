"""Designed forms: each kind of question, conditions, places left, what is kept."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from PIL import Image

from attendees.forms.designed import DesignedForm
from attendees.models import AnswerFile, FieldChoice, FormField
from attendees.services.questions import Known, in_words
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


PNG = png()


def filled(form, data=None, files=None, known=None, **options) -> DesignedForm:
    """The form with `data` sent, by key."""
    sent = MultiValueDict(
        {f"q-{key}": v if isinstance(v, list) else [v] for key, v in (data or {}).items()}
    )
    uploads = MultiValueDict({f"q-{key}": [v] for key, v in (files or {}).items()})
    return DesignedForm(make_forms.outlined(form), sent, uploads, known=known or Known(), **options)


def one(kind, value, **fields) -> DesignedForm:
    """A form of one question, answered."""
    form = make_forms.form()
    make_forms.question(form, "it", kind, is_required=True, **fields)
    return filled(form, {"it": value})


@pytest.mark.parametrize(
    ("kind", "sent", "kept", "fields"),
    [
        (Kind.TEXT, " 王建国 ", "王建国", {}),
        (Kind.LONG_TEXT, "one\r\ntwo", "one\ntwo", {}),
        (Kind.NUMBER, "12", 12, {}),
        (Kind.YES_NO, "yes", "yes", {}),
        (Kind.CHOICE, "b", "b", {"choices": ["a", "b"]}),
        (Kind.CHOICE, "k", "k", {"choices": list("abcdefghijk")}),
        (Kind.CHOICES, ["a", "b"], ["a", "b"], {"choices": ["a", "b", "c"]}),
        (Kind.COUNTRY, "CN", "CN", {}),
        (Kind.EMAIL, "a@b.example", "a@b.example", {}),
        (Kind.PHONE, "138 0013 8000", "+8613800138000", {}),
        (Kind.PHONE, "+1 604 555 0123", "+16045550123", {}),
        (Kind.URL, "lab.example/a", "https://lab.example/a", {}),
        (Kind.DATE, "2017-11-08", "2017-11-08", {}),
        (Kind.TIME, "09:30", "09:30", {}),
    ],
)
def test_answer_is_kept_in_its_form(kind, sent, kept, fields):
    form = one(kind, sent, **fields)

    assert form.is_valid(), form.errors
    assert form.answers() == {"it": kept}


@pytest.mark.parametrize(
    ("kind", "sent", "fields"),
    [
        (Kind.TEXT, "", {}),
        (Kind.TEXT, "x" * 11, {"most": 10}),
        (Kind.TEXT, "nul\x00", {}),
        (Kind.LONG_TEXT, "x\r\n" * 6, {"most": 10}),
        (Kind.NUMBER, "many", {}),
        (Kind.NUMBER, "3", {"least": 4}),
        (Kind.NUMBER, "5", {"most": 4}),
        (Kind.YES_NO, "perhaps", {}),
        (Kind.CHOICE, "z", {"choices": ["a", "b"]}),
        (Kind.CHOICES, ["a", "b", "c"], {"choices": ["a", "b", "c"], "most": 2}),
        (Kind.CHOICES, ["a"], {"choices": ["a", "b", "c"], "least": 2}),
        (Kind.COUNTRY, "XX", {}),
        (Kind.EMAIL, "nobody", {}),
        (Kind.PHONE, "12", {}),
        (Kind.URL, "not a link", {}),
        (Kind.DATE, "2017-02-30", {}),
        (Kind.TIME, "25:00", {}),
        (Kind.CONSENT, "", {"text": "I agree"}),
    ],
)
def test_wrong_answer_is_refused_beside_its_question(kind, sent, fields):
    form = one(kind, sent, **fields)

    assert list(form.errors) == ["q-it"]


def test_line_ends_count_as_one_letter_as_browsers_count_them():
    assert one(Kind.LONG_TEXT, "12345678\r\n9", most=10).is_valid()


@pytest.mark.parametrize(
    ("kind", "kept", "english", "chinese"),
    [
        (Kind.NUMBER, 2017, "2017", "2017"),
        (Kind.YES_NO, "yes", "Yes", "是"),
        (Kind.CHOICES, ["a", "gone"], "A, gone", "选项a、gone"),
        (Kind.COUNTRY, "CN", "China", "中国"),
        (Kind.PHONE, "+8613800138000", "+86 138 0013 8000", "+86 138 0013 8000"),
        (Kind.DATE, "2017-11-08", "8 Nov 2017", "2017年11月8日"),
        (Kind.TIME, "09:30", "09:30", "09:30"),
        (Kind.TEXT, "<b>", "<b>", "<b>"),
    ],
)
def test_answer_is_shown_in_words_of_the_language(kind, kept, english, chinese):
    form = make_forms.form()
    make_forms.question(form, "it", kind, choices=["a"] if kind == Kind.CHOICES else [])
    asked = make_forms.outlined(form).fields.all()[0]

    with translation.override("en"):
        assert in_words(asked, kept) == english
    with translation.override("zh-hans"):
        assert in_words(asked, kept) == chinese


def with_condition():
    """Visa? yes → nationality (country), and for China's neighbours a further question."""
    form = make_forms.form()
    visa = make_forms.question(form, "visa", Kind.YES_NO, is_required=True)
    country = make_forms.question(
        form, "country", Kind.COUNTRY, is_required=True, shown_if_field=visa, shown_if=["yes"]
    )
    make_forms.question(
        form, "city", is_required=True, shown_if_field=country, shown_if=["JP", "KR"]
    )
    return form


@pytest.mark.parametrize(
    ("data", "answers", "errors"),
    [
        ({"visa": "no"}, {"visa": "no"}, []),
        ({"visa": "no", "country": "JP", "city": "Osaka"}, {"visa": "no"}, []),
        ({"visa": "yes"}, {"visa": "yes"}, ["q-country"]),
        ({"visa": "yes", "country": "JP"}, {"visa": "yes", "country": "JP"}, ["q-city"]),
        ({"visa": "yes", "country": "CA"}, {"visa": "yes", "country": "CA"}, []),
        ({}, {}, ["q-visa"]),
    ],
)
def test_what_a_condition_does_not_ask_for_is_neither_required_nor_kept(data, answers, errors):
    form = filled(with_condition(), data)

    assert list(form.errors) == errors
    assert form.answers() == answers


def test_condition_is_told_in_words():
    form = filled(with_condition())

    rows = [row for _section, rows in form.parts for row in rows]

    assert [row.condition for row in rows] == [
        "",
        "Only if “Question visa” is answered: Yes",
        "Only if “Question country” is answered: Japan, South Korea",
    ]


def test_draft_requires_nothing_but_still_reads_what_is_there():
    form = filled(with_condition(), {"visa": "yes", "country": "nowhere"}, is_draft=True)

    assert list(form.errors) == ["q-country"]


def test_choices_tell_their_places_and_close_when_all_are_taken():
    form = make_forms.form()
    make_forms.question(form, "hotel", Kind.CHOICE, choices=[("lake", 1), ("hill", 5), "none"])
    lake, hill, _none = FieldChoice.objects.order_by("position")
    shown = filled(form, known=Known(free={lake.pk: 0, hill.pk: 1}))

    html = str(shown["q-hotel"])

    assert "Lake (no places left)" in html
    assert "Hill (1 place left)" in html
    assert 'value="lake" disabled' in " ".join(html.split()).replace('id="id_q-hotel_0" ', "")


def test_own_choice_stays_open_although_all_are_taken():
    form = make_forms.form()
    make_forms.question(form, "hotel", Kind.CHOICE, choices=[("lake", 1)])
    lake = FieldChoice.objects.get()
    known = Known(answers={"hotel": "lake"}, free={lake.pk: 0})

    assert "disabled" not in str(DesignedForm(make_forms.outlined(form), known=known)["q-hotel"])


def test_retired_choice_is_offered_only_to_who_has_it():
    form = make_forms.form()
    make_forms.question(form, "hotel", Kind.CHOICE, choices=["lake", "hill"])
    FieldChoice.objects.filter(key="lake").update(retired_at="2017-01-01T00:00Z")

    assert not filled(form, {"hotel": "lake"}).is_valid()
    assert filled(form, {"hotel": "lake"}, known=Known(answers={"hotel": "lake"})).is_valid()


def upload(name="a.pdf", content=b"%PDF-1.7 ...") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("kind", "file", "code"),
    [
        (Kind.FILE, upload(), None),
        (Kind.FILE, upload("a.PDF"), None),
        (Kind.FILE, upload("a.exe", b"MZ"), "ending"),
        (Kind.FILE, upload("a.svg", b"<svg/>"), "ending"),
        (Kind.FILE, upload("a.pdf", b"<html>"), "content"),
        (Kind.FILE, upload("a.pdf", b"%PDF-" + b"x" * 1_100_000), "size"),
        (Kind.PICTURE, upload("a.png", PNG), None),
        (Kind.PICTURE, upload("a.png", PNG[:40]), "content"),
        (Kind.PICTURE, upload("a.pdf"), "ending"),
    ],
)
def test_file_is_what_it_says_it_is(kind, file, code):
    form = make_forms.form()
    make_forms.question(form, "it", kind, most=1)

    errors = filled(form, files={"it": file}).errors.as_data()

    assert [error.code for error in errors.get("q-it", [])] == ([code] if code else [])


def test_file_that_is_there_need_not_be_sent_again():
    form = make_forms.form()
    asked = make_forms.question(form, "cv", Kind.FILE, is_required=True)
    held = AnswerFile(field=asked, name="cv.pdf", size=1)

    assert not filled(form).is_valid()
    assert filled(form, known=Known(files={"cv": held})).is_valid()


def test_initial_values_are_those_that_were_kept():
    form = make_forms.form()
    make_forms.question(form, "day", Kind.DATE)
    make_forms.question(form, "agree", Kind.CONSENT, text="I agree")
    known = Known(answers={"day": "2017-11-08"}, consents={"agree"})

    shown = DesignedForm(make_forms.outlined(form), known=known)

    assert shown["q-day"].initial == date(2017, 11, 8)
    assert 'value="2017-11-08"' in str(shown["q-day"])
    assert "checked" in str(shown["q-agree"])


def test_form_costs_the_same_for_one_question_as_for_thirty(django_assert_num_queries):
    for count in [1, 30]:
        form = make_forms.form()
        for number in range(count):
            make_forms.question(form, f"q{number}", Kind.CHOICE, choices=["a", "b"])
        with django_assert_num_queries(5):
            shown = filled(form)
            str(shown.parts)
