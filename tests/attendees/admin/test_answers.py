"""What a person answered, on the page of their registration: in words, with files and consents."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from attendees.models import AnswerFile, Companion, Consent, ConsentText, FieldChoice, FormField
from hrconf.accounts.roles import Role
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def form():
    return make_forms.form()


def registered(form, answers: dict, **fields):
    fields.setdefault("status", "pending")
    return make_forms.registration(form, answers={form.slug: answers}, **fields)


def page_of(client, registration):
    return client.get(reverse("admin:attendees_registration_change", args=[registration.pk]))


def text_of(client, registration) -> str:
    return page_of(client, registration).content.decode()


def lines(client, registration) -> dict:
    """The lines of all sheets, by their label."""
    sheets = page_of(client, registration).context["sheets"]
    return {line.label: line for s in sheets for part in s.parts for line in part.lines}


def sent_file(registration, asked, name="ticket.pdf", kind="application/pdf", content=b"%PDF-"):
    size = len(content)
    made = AnswerFile(
        registration=registration, field=asked, name=name, content_type=kind, size=size
    )
    made.file.save("a", ContentFile(content))
    return made


# What stands there -------------------------------------------------------------------


def test_answers_stand_in_the_words_of_the_form_and_the_readers_language(organizer, form):
    question(form, "hotel", Kind.CHOICE, choices=["lake", "hill"], label_en="Which hotel?")
    question(form, "days", Kind.CHOICES, choices=["one", "two"])
    question(form, "home", Kind.COUNTRY)
    question(form, "diet")
    registration = registered(
        form, {"hotel": "lake", "days": ["one", "two"], "home": "CN", "diet": "No <b>nuts</b>"}
    )

    in_english = text_of(organizer, registration)
    organizer.cookies["django_language"] = "zh-hans"
    in_chinese = text_of(organizer, registration)

    assert "Which hotel?" in in_english
    assert "<p>Lake</p>" in in_english
    assert "<p>One, Two</p>" in in_english
    assert "<p>China</p>" in in_english
    assert "No &lt;b&gt;nuts&lt;/b&gt;" in in_english
    assert "&quot;lake&quot;" not in in_english  # no raw JSON
    assert "<p>选项lake</p>" in in_chinese
    assert "<p>中国</p>" in in_chinese


def test_what_is_no_longer_asked_or_chosen_stays_and_is_marked(organizer, form):
    hotel = question(form, "hotel", Kind.CHOICE, choices=["lake"])
    FieldChoice.objects.filter(field=hotel).update(retired_at=timezone.now())
    question(form, "fax", retired_at=timezone.now())
    question(form, "telex", retired_at=timezone.now())  # never answered
    registration = registered(form, {"hotel": "lake", "fax": "123", "pigeon": "grey"})

    found = lines(organizer, registration)

    assert (found["Question hotel"].text, found["Question hotel"].mark) == (
        "Lake",
        "no longer to be chosen",
    )
    assert (found["Question fax"].text, found["Question fax"].mark) == ("123", "no longer asked")
    assert (found["pigeon"].text, found["pigeon"].mark) == ("grey", "the question is gone")
    assert "Question telex" not in found


def test_form_of_an_earlier_category_is_kept_and_marked(organizer, form):
    question(form, "diet")
    old = make_forms.form(edition=form.edition)
    question(old, "lift")
    registration = registered(form, {"diet": "Halal"})
    registration.answers[old.slug] = {"lift": "needed"}
    registration.save()

    sheets = page_of(organizer, registration).context["sheets"]

    assert [(s.form, s.is_asked) for s in sheets] == [(form, True), (old, False)]
    assert "needed" in text_of(organizer, registration)


def test_earlier_answers_stand_beside_the_present_one(organizer, form):
    question(form, "diet")
    registration = registered(form, {"diet": "Vegan"})
    registration.changes.create(form=form, before={"diet": "Halal"}, after={"diet": "Vegan"})
    registration.changes.create(
        form=form, state="waiting", before={"diet": "Vegan"}, after={"diet": "Kosher"}
    )

    line = lines(organizer, registration)["Question diet"]

    assert line.text == "Vegan"
    assert [one.text for one in line.earlier] == ["Halal"]
    assert line.waiting == "Kosher"


def test_consent_stands_with_its_version_time_and_the_words_that_were_read(organizer, form):
    rules = question(form, "rules", Kind.CONSENT, text="Old words.")
    old = rules.texts.get()
    ConsentText.objects.filter(pk=old.pk).update(text_zh_hans="旧文本。")
    ConsentText.objects.create(field=rules, version=2, text_en="New words.", text_zh_hans="新文本")
    registration = registered(form, {})
    Consent.objects.create(
        registration=registration,
        text=old,
        language="zh-hans",
        given_at=datetime(2017, 9, 1, 3, tzinfo=UTC),
        withdrawn_at=datetime(2017, 9, 2, 3, tzinfo=UTC),
    )

    page = text_of(organizer, registration)

    assert "Agreed to version 1 on 1 Sep 2017" in page
    assert "旧文本。" in page
    assert "New words." not in page
    assert "withdrawn on 2 Sep 2017" in page


def test_companions_stand_by_name(organizer, form):
    registration = registered(form, {})
    Companion.objects.create(registration=registration, name="李娜 & Co")

    assert "李娜 &amp; Co" in text_of(organizer, registration)


def test_companions_whom_the_office_names_are_counted(organizer, form):
    registration = registered(form, {})
    first = Companion.objects.create(registration=registration, name="Li Na")
    rows = [(first.pk, "Li Nan", 0), ("", "Max", 1)]
    data = {"category": registration.category_id, "companions": 0, "note": ""}
    data |= {"companion_rows-TOTAL_FORMS": 2, "companion_rows-INITIAL_FORMS": 1}
    for n, (key, name, position) in enumerate(rows):
        data |= {
            f"companion_rows-{n}-id": key,
            f"companion_rows-{n}-registration": registration.pk,
            f"companion_rows-{n}-name": name,
            f"companion_rows-{n}-position": position,
        }

    url = reverse("admin:attendees_registration_change", args=[registration.pk])
    assert organizer.post(url, data).status_code == 302

    registration.refresh_from_db()
    assert registration.companions == 2
    assert [one.name for one in registration.companion_rows.all()] == ["Li Nan", "Max"]


def test_desk_sees_the_registration_without_the_answers(client, form):
    client.force_login(make.office(Role.DESK))
    question(form, "diet")
    registration = registered(form, {"diet": "Halal"})

    assert "Halal" not in text_of(client, registration)


def test_page_costs_the_same_however_much_was_answered(organizer, form):
    registration = registered(form, {})
    answer_more(registration, form, 1)
    queries_of(organizer, registration)  # what is cached once stays out
    at_one = queries_of(organizer, registration)

    answer_more(registration, form, 12)

    assert queries_of(organizer, registration) == at_one


def answer_more(registration, form, count: int) -> None:
    """Answer so many more questions of each kind, and change an answer."""
    for _n in range(count):
        number = make.number()
        asked = question(form, f"q{number}", Kind.CHOICE, choices=["lake", "hill"])
        agreed = question(form, f"c{number}", Kind.CONSENT, text="Words")
        sent_file(registration, question(form, f"f{number}", Kind.FILE))
        Consent.objects.create(registration=registration, text=agreed.texts.get(), language="en")
        registration.answers[form.slug][asked.key] = "lake"
        change = {"before": {asked.key: "hill"}, "after": {asked.key: "lake"}}
        registration.changes.create(form=form, made_by=make.user(), **change)
    registration.save()


def queries_of(client, registration) -> int:
    with CaptureQueriesContext(connection) as seen:
        page_of(client, registration)
    return len(seen)


# Files -----------------------------------------------------------------------------------


def address(registration, file, page="file") -> str:
    return reverse(f"admin:attendees_registration_{page}", args=[registration.pk, file.pk])


def test_file_is_saved_never_opened_and_has_no_direct_address(organizer, form):
    registration = registered(form, {})
    file = sent_file(registration, question(form, "ticket", Kind.FILE), name="机票 <1>.pdf")

    page = text_of(organizer, registration)
    response = organizer.get(address(registration, file))

    assert address(registration, file) in page
    assert "机票 &lt;1&gt;.pdf" in page
    assert file.file.name not in page
    assert b"".join(response.streaming_content) == b"%PDF-"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert organizer.get(f"/media/{file.file.name}").status_code == 404


def test_picture_is_small_and_free_of_what_the_camera_wrote(organizer, form, tmp_path):
    registration = registered(form, {})
    portrait = question(form, "portrait", Kind.PICTURE)
    file = sent_file(registration, portrait, "me.png", "image/png", make_forms.png((900, 600)))

    response = organizer.get(address(registration, file, "picture"))

    (tmp_path / "small.jpg").write_bytes(response.content)
    with Image.open(tmp_path / "small.jpg") as small:
        assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (320, 213), {})
    assert response["X-Content-Type-Options"] == "nosniff"
    assert address(registration, file, "picture") in text_of(organizer, registration)


def test_damaged_picture_and_file_of_another_registration_are_not_there(organizer, form):
    registration, other = registered(form, {}), registered(form, {})
    portrait = question(form, "portrait", Kind.PICTURE)
    damaged = sent_file(registration, portrait, "me.png", "image/png", b"\x89PNG\r\n\x1a\nno")

    assert organizer.get(address(registration, damaged, "picture")).status_code == 404
    assert organizer.get(address(other, damaged)).status_code == 404


def test_desk_gets_no_file(client, form):
    client.force_login(make.office(Role.DESK))
    registration = registered(form, {})
    file = sent_file(registration, question(form, "ticket", Kind.FILE))

    assert client.get(address(registration, file)).status_code == 403
