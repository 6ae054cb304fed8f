"""Hostile names on the official letter and in every file that leaves the office."""

import csv
import io
import json
import re
import zipfile

import pypdfium2
import pytest
from django.urls import reverse

from attendees.admin.visa_deeds import ISSUE
from attendees.models import Invitation, VisaLetter
from attendees.services.letters import letter_link
from attendees.services.own_data import write_own_data
from attendees.services.paper import draw_letter
from hrconf.lib.pdf import PdfError
from hrconf.lib.sheets import FORMULA, read_rows
from tests import make
from tests.attendees import hostile, make_visas
from tests.attendees.admin.test_exports import EXPORT, export, organizer  # noqa: F401  a fixture
from tests.attendees.importing.make_lists import counts, imported
from tests.role_world import AHEAD_DAYS

pytestmark = pytest.mark.django_db
# No font has them, and no mark without width is printed.
NOT_PRINTED = {"joined emoji"}
UNSEEN = str.maketrans("", "", "\u200b\u200d\u200e\u200f")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def guest(text: str, **fields) -> Invitation:
    """An invitation in which everything typed outside is the text."""
    person = make.person(
        name_native=text, name_latin="Ann", organization_en=text, title_en=text, note=text
    )
    edition = make.edition(**AHEAD_DAYS)
    made = make.invitation(edition=edition, person=person, answer_note=text, **fields)
    return Invitation.objects.select_related("edition", "person", "category").get(pk=made.pk)


# The letter ------------------------------------------------------------------------------


def letters(text: str) -> str:
    return "".join(text.translate(UNSEEN).split())


def printed(pdf: bytes) -> str:
    return "".join(
        letters(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)
    )


PRINTED = [text for key, text in hostile.KEPT.items() if key not in {*NOT_PRINTED, "Arabic"}]


@pytest.mark.parametrize("start", range(0, len(PRINTED), 4))
def test_letter_prints_what_was_typed(start):
    texts = PRINTED[start : start + 4]
    name, title, organization, sender = [*texts, *PRINTED][:4]
    sent_by = make.association(name_en=sender, name_zh_hans=sender)
    invitation = guest(name, association=sent_by)
    invitation.person.title_en = invitation.person.title_zh_hans = title
    invitation.person.organization_en = invitation.person.organization_zh_hans = organization

    on_paper = printed(draw_letter(invitation))

    assert [text for text in texts if letters(text) not in on_paper] == []


def test_letter_prints_every_letter_of_a_name_from_right_to_left():
    assert set(letters(hostile.KEPT["Arabic"])) <= set(printed(draw_letter(guest("عمر الخطاب"))))


def test_letter_that_cannot_show_a_name_is_refused_in_words():
    invitation = guest(hostile.KEPT["joined emoji"])

    with pytest.raises(PdfError) as refusal:
        draw_letter(invitation)

    assert refusal.value.messages == ["The letter cannot be printed with these characters: 👩 🔬"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "cannot be printed"), ("zh-hans", "无法打印")]
)
def test_guest_and_office_are_told_why_there_is_no_letter(client, settings, language, said):
    invitation = guest(hostile.KEPT["joined emoji"], status="sent", number=1)

    response = client.get(letter_link(invitation, language).removeprefix("http://localhost:8000"))
    client.force_login(make.organizer())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(
        reverse("admin:attendees_invitation_letter", args=[invitation.pk]), follow=True
    ).content.decode()

    assert response.status_code == 422
    assert said in response.content.decode()
    assert said in page


def test_visa_letters_that_can_be_printed_are_issued_and_the_others_named():
    """One name does not hold the others up, and takes no number of the register."""
    bad = make_visas.registration(person=make.person(country="SE", organization_en="Lab 🔬"))
    good = make_visas.registration(edition=bad.edition)
    requests = [make_visas.visa_request(place).pk for place in [bad, good]]

    outcome = ISSUE.do(requests, by=make.organizer())

    assert outcome.done == 1
    ((name, why),) = outcome.refused
    assert name == str(bad)
    assert "🔬" in why
    assert [letter.number for letter in VisaLetter.objects.all()] == [1]


# Spreadsheets --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_every_text_as_typed_and_no_formula(organizer, form):  # noqa: F811
    for text in hostile.KEPT.values():
        make.registration(person=guest(text).person)

    for address in [EXPORT, "admin:attendees_person_export"]:
        job = export(organizer, url_name=address, format=form)
        with job.result.open("rb") as file:
            content = file.read()
        table = read_rows(io.BytesIO(content), "utf-8-sig" if form == "csv" else None)
        cells = {cell for row in table.rows for cell in row}
        assert {text.replace("\r", "") for text in hostile.KEPT.values()} <= cells
        assert running_cells(content, form) == []


def running_cells(content: bytes, form: str) -> list[str]:
    """Cells that a spreadsheet program would run."""
    if form == "csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if FORMULA.match(cell) and cell[0] != "'"]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(name).decode() for name in book.namelist() if "sheets/" in name]
    return [running for part in parts for running in re.findall(r"<f[ >]|<hyperlink", part)]


def test_own_data_hold_every_text_as_typed():
    for key in ["markup", "attribute", "formula", "typst"]:
        text = hostile.KEPT[key]
        person = guest(text).person
        file = io.BytesIO()
        write_own_data(person, file)
        with zipfile.ZipFile(file) as package:
            data = json.loads(package.read("data.json"))
            sheets = package.read("data.xlsx")
            assert package.namelist() == ["data.json", "data.xlsx"]
        assert text in json.dumps(data, ensure_ascii=False).replace('\\"', '"').replace(
            "\\\\", "\\"
        )
        assert running_cells(sheets, "xlsx") == []


# Lists that come in -----------------------------------------------------------------------------


def test_list_keeps_or_refuses_each_row_by_itself():
    kept = [
        [text, "", f"k{n}@guests.example", "", text] for n, text in enumerate(hostile.KEPT.values())
    ]
    bad = {key: text for key, text in hostile.REFUSED.items() if key not in SPACED}
    refused = [["", text, f"r{n}@guests.example", "", ""] for n, text in enumerate(bad.values())]

    result = imported(*kept, *refused)

    assert counts(result) == (len(kept), 0, 0, len(refused))
    people = [
        make_names(row["notes"]) for row in result.report["rows"] if row["outcome"] == "refused"
    ]
    assert all(people)


# A list has its line ends from cells that wrap: they are blanks. Half a character is in no file.
SPACED = {*hostile.ONE_LINE, "line separator", "half a character", "NUL"}


def make_names(notes: list[str]) -> bool:
    """Whether the report names the column and says why."""
    return any(note.startswith("Name (Latin): ") and len(note) > 20 for note in notes)
