"""The words of a category's mails: written beside each other, checked, read as they go out."""

import pytest
from django.urls import reverse

from attendees.models import CategoryMail
from tests import make

pytestmark = pytest.mark.django_db
OCCASIONS = ["received", "confirmed", "declined", "waitlisted"]


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def page(category) -> str:
    return reverse("admin:attendees_category_change", args=[category.pk])


def mails_page(category, **query) -> str:
    address = reverse("admin:attendees_category_mails", args=[category.pk])
    return address + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def written(category, **texts) -> dict:
    """The form of a category without words yet; texts by occasion and language."""
    form = {
        "name_en": "Speaker",
        "name_zh_hans": "嘉宾",
        "edition": category.edition_id,
        "kind": category.kind,
        "position": 0,
        "max_companions": 5,
        "needs_approval": "on",
        "mails-TOTAL_FORMS": 4,
        "mails-INITIAL_FORMS": 0,
    }
    for number, occasion in enumerate(OCCASIONS):
        form[f"mails-{number}-category"] = category.pk
        form[f"mails-{number}-occasion"] = occasion
        for language in ["en", "zh_hans"]:
            form[f"mails-{number}-text_{language}"] = texts.get(f"{occasion}_{language}", "")
    return form


def test_only_the_words_that_were_written_are_kept(organizer):
    category = make.category(make.edition())

    response = organizer.post(page(category), written(category, confirmed_en="Come, {name}!"))

    assert response.status_code == 302
    mail = CategoryMail.objects.get()
    assert (mail.category, mail.occasion, mail.text_en) == (category, "confirmed", "Come, {name}!")
    shown = organizer.get(page(category)).content.decode()
    assert shown.count('name="mails-3-text_en"') == 1
    assert 'name="mails-4-text_en"' not in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ({"received_zh_hans": "您好{nmae}"}, "{nmae} is no placeholder"),
        ({"confirmed_en": "Dear {"}, "A brace stands alone"),
        ({"declined_en": "See {registration_link}"}, "Who is declined has no {registration_link}"),
    ],
)
def test_bad_placeholder_is_named_next_to_its_text_which_stays(organizer, text, said):
    category = make.category(make.edition())

    response = organizer.post(page(category), written(category, **text))

    assert response.status_code == 200
    [(name, typed)] = text.items()
    occasion, _, language = name.partition("_")
    form = response.context["inline_admin_formsets"][0].formset.forms[OCCASIONS.index(occasion)]
    assert said in form.errors[f"text_{language}"][0]
    assert typed in response.content.decode()
    assert not CategoryMail.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Welcome to <mark>"), ("zh-hans", "欢迎来到<mark>")]
)
def test_mail_is_read_as_a_registration_gets_it_with_what_was_filled_in_marked(
    organizer, language, words
):
    row = make.registration(status="pending")
    CategoryMail.objects.create(
        category=row.category,
        occasion="confirmed",
        text_en="Welcome to {city}.\n\n{registration_link}",
        text_zh_hans="欢迎来到{city}。\n\n{registration_link}",
    )

    shown = organizer.get(mails_page(row.category, occasion="confirmed", language=language))

    text = shown.content.decode()
    assert words in text
    assert row.badge in text
    assert "/…/" in text
    assert "We are pleased to confirm" not in text
    row.refresh_from_db()
    assert row.status == "pending"


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_mail_without_words_is_read_with_our_own_paragraph(organizer, occasion):
    row = make.registration(status="pending")

    text = organizer.get(mails_page(row.category, occasion=occasion)).content.decode()

    assert "our own paragraph stands" in text
    assert "Yours sincerely" in text
    assert "<mark>" not in text


def test_mails_of_a_category_without_registrations_say_so(organizer):
    category = make.category(make.edition())

    text = organizer.get(mails_page(category, row="x", occasion="other", language="fr"))

    assert "Nobody is registered in this category yet" in text.content.decode()
