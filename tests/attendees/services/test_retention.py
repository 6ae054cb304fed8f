"""Answers that are kept until some days after the edition: gone then, and figures as before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile

from attendees.admin.questions import QuestionAdmin
from attendees.models import AnswerFile, FormField, TakenChoice, Wait
from attendees.services.answer_sheets import sheets_of
from attendees.services.changes import decision_letter
from attendees.services.designing import copy_form
from attendees.services.retention import delete_due_answers
from attendees.tasks import delete_due_answers as task
from events.figures import figures_of
from hrconf.mailing.compose import compose
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question

pytestmark = pytest.mark.django_db
Kind = FormField.Kind
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def form():
    """Of an edition that ends on 10 November; the passport goes 30 days after it."""
    made = make_forms.form(slug="main")
    question(made, "passport", keep_days=30)
    question(made, "scan", Kind.FILE, keep_days=30)
    question(made, "hotel", Kind.CHOICE, choices=[("lake", 5)], keep_days=30)
    question(made, "diet")
    return made


LAST = datetime(2017, 12, 10, 23, 59, tzinfo=SHANGHAI)
AFTER = LAST + timedelta(minutes=2)


@pytest.fixture
def registration(form):
    """With an answer of each kind, a change that tells the passport, a place, a wait."""
    answers = {"passport": "E12345", "hotel": "lake", "diet": "Halal"}
    made = make_forms.registration(form, status="confirmed", answers={form.slug: answers})
    fields = {"name": "scan.pdf", "content_type": "application/pdf", "size": 1}
    file = AnswerFile(registration=made, field=form.fields.get(key="scan"), **fields)
    file.file.save("a", ContentFile(b"-"))
    made.changes.create(
        form=form,
        before={"passport": "E1", "diet": "any"},
        after={"passport": "E12345", "diet": "Halal"},
    )
    choice = form.fields.get(key="hotel").choices.get()
    TakenChoice.objects.create(choice=choice, registration=made)
    Wait.objects.create(choice=choice, registration=made)
    return made


def test_answers_are_kept_to_the_end_of_the_last_day_and_not_longer(form, registration):
    assert delete_due_answers(LAST) == 0
    registration.refresh_from_db()
    assert registration.answers[form.slug]["passport"] == "E12345"

    delete_due_answers(AFTER)

    registration.refresh_from_db()
    assert registration.answers == {form.slug: {"diet": "Halal"}}


def test_nothing_else_tells_the_answer_either(form, registration, tmp_path):
    delete_due_answers(AFTER)

    change = registration.changes.get()
    assert (change.before, change.after) == ({"diet": "any"}, {"diet": "Halal"})
    assert not AnswerFile.objects.exists()
    assert not TakenChoice.objects.exists()
    assert not Wait.objects.exists()


def test_files_are_gone_from_the_disk(
    form, registration, tmp_path, django_capture_on_commit_callbacks
):
    assert [path for path in tmp_path.rglob("*") if path.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        delete_due_answers(AFTER)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_figures_are_what_they_were(form, registration):
    make.registration(edition=form.edition, arrived_at=AFTER)
    before = values(form.edition)

    delete_due_answers(AFTER)

    assert values(form.edition) == before


def values(edition) -> list:
    """Every figure, but for the instant at which it was counted."""
    return figures_of(edition).all


def test_another_edition_and_its_form_of_the_same_name_keep_theirs(form, registration):
    later = make.edition(starts_on=date(2018, 11, 8), ends_on=date(2018, 11, 10))
    copied = copy_form(form, later)
    other = make_forms.registration(
        copied, status="confirmed", answers={copied.slug: {"passport": "E9"}}
    )

    delete_due_answers(AFTER)

    other.refresh_from_db()
    assert other.answers == {copied.slug: {"passport": "E9"}}
    assert copied.fields.get(key="passport").keep_days == 30


def test_copied_question_has_deleted_nothing_yet(form, registration):
    delete_due_answers(AFTER)

    copied = copy_form(form, make.edition())

    assert copied.fields.get(key="passport").cleared_at is None


def test_second_time_finds_nothing_and_what_comes_late_goes_too(form, registration):
    delete_due_answers(AFTER)
    assert delete_due_answers(AFTER) == 0
    cleared_at = form.fields.get(key="passport").cleared_at
    assert cleared_at == AFTER

    registration.refresh_from_db()
    registration.answers[form.slug]["passport"] = "again"
    registration.save()
    task()

    registration.refresh_from_db()
    assert registration.answers == {form.slug: {"diet": "Halal"}}


def test_page_tells_that_the_answer_was_deleted(form, registration):
    delete_due_answers(AFTER)
    registration.refresh_from_db()

    (sheet,) = sheets_of(registration)

    marks = {line.label: line.mark for part in sheet.parts for line in part.lines}
    assert marks["Question passport"] == marks["Question scan"] == "deleted after the edition"
    assert marks["Question diet"] == ""


def test_mail_does_not_quote_what_is_to_be_deleted(form, registration):
    change = registration.changes.get()

    mail = compose("answers_decided", decision_letter(change, is_accepted=True))

    assert "E12345" not in mail.text + mail.html
    assert "Question passport" in mail.text
    assert "Halal" in mail.text


def test_designer_asks_how_long_with_help_and_shows_it(client, form):
    client.force_login(make.organizer())
    passport = form.fields.get(key="passport")
    address = f"/admin/attendees/formfield/{passport.pk}/change/"

    page = client.get(address).content.decode()
    assert 'name="keep_days" value="30"' in page
    assert "answers and files are deleted by themselves" in page
    client.cookies["django_language"] = "zh-hans"
    assert "回答和文件将自动删除" in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    design = client.get(f"/admin/attendees/form/{form.pk}/design/").content.decode()
    assert "answers deleted 30 days after the edition" in design


def test_consents_stay_on_record(form):
    rules = question(form, "rules", Kind.CONSENT, text="Words")

    fields = QuestionAdmin.get_fieldsets(QuestionAdmin, None, rules)[0][1]["fields"]

    assert "keep_days" not in fields
