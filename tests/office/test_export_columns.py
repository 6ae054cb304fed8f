"""Exports with chosen columns: ordered, kept, repeated, safe, bounded."""

import gc
import weakref

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from attendees.models import (
    AnswerFile,
    Category,
    Companion,
    Consent,
    ConsentText,
    FormField,
    Person,
    Registration,
)
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run, start_job
from hrconf.lib.sheets import read_rows
from hrconf.office.columns import get_exportable
from hrconf.office.exporting import ENCODINGS
from hrconf.office.models import SavedExport
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:attendees_registration_export")
Kind = FormField.Kind


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


@pytest.fixture
def edition():
    return make.edition(slug="2017")


def order(client, columns=(), query="", page=PAGE, **data):
    base = {"format": "csv", "language": "en", "arranged": "1", "columns": list(columns)}
    return client.post(f"{page}?{query}", {**base, **data})


def done(response) -> Job:
    assert response.status_code == 302, response.context["form"].errors
    job = Job.objects.latest("pk")
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job


def table(job: Job) -> list[list[str]]:
    encoding = ENCODINGS.get(job.options["format"])
    with job.result.open("rb") as file:
        return read_rows(file, encoding).rows


def export(client, columns=(), query="", **data) -> list[list[str]]:
    return table(done(order(client, columns, query, **data)))


def form_of(edition):
    form = make_forms.form(edition=edition, slug="main")
    make_forms.question(form, "aim", Kind.CHOICE, choices=["found", "invest"])
    make_forms.question(form, "staff", Kind.NUMBER)
    make_forms.question(form, "paper", Kind.FILE)
    make_forms.question(form, "photos", Kind.CONSENT, text="Yes to photographs")
    return form


def test_file_has_the_chosen_columns_in_the_chosen_order(client, organizer, edition):
    place = make.registration(edition=edition, companions=2)

    rows = export(client, ["badge", "name_native", "companions"])

    assert rows[0][0] == "Badge"
    assert rows[1] == [place.badge, place.person.name_native, "2"]


def test_answers_files_consents_and_companions_are_columns(client, organizer, edition):
    form = form_of(edition)
    place = make.registration(edition=edition, answers={"main": {"aim": "invest", "staff": 12}})
    question = form.fields.get(key="paper")
    AnswerFile.objects.create(
        registration=place, field=question, file="x", name="plan.pdf", content_type="a/b", size=1
    )
    Consent.objects.create(registration=place, text=ConsentText.objects.get(), language="en")
    Companion.objects.create(registration=place, name="Ada")
    make.registration(edition=edition)  # who answered nothing

    columns = ["answer.main.aim", "answer.main.staff", "answer.main.paper", "consent.main.photos"]
    rows = export(client, [*columns, "companion_names"])

    assert rows[0][:2] == ["Question aim", "Question staff"]
    assert ["Invest", "12", "plan.pdf", "yes, version 1", "Ada"] in rows
    assert ["", "", "", "", ""] in rows


def test_withdrawn_consent_is_none(client, organizer, edition):
    form_of(edition)
    Consent.objects.create(
        registration=make.registration(edition=edition),
        text=ConsentText.objects.get(),
        language="en",
        withdrawn_at=timezone.now(),
    )

    assert export(client, ["badge", "consent.main.photos"])[1][1] == ""


def test_choice_is_in_the_language_of_the_file(client, organizer, edition):
    form_of(edition)
    make.registration(edition=edition, answers={"main": {"aim": "invest"}})

    rows = export(client, ["answer.main.aim"], language="zh-hans")

    assert rows == [["问题aim"], ["选项invest"]]


def test_gb18030_holds_every_character(client, organizer, edition):
    make.registration(edition=edition, person=make.person(name_native="龘𠮷"))

    job = done(order(client, ["name_native"], format="csv-gb18030"))

    with job.result.open("rb") as file:
        assert "龘𠮷".encode("gb18030") in file.read()
    assert table(job)[1] == ["龘𠮷"]


def test_formula_in_an_answer_stays_text(client, organizer, edition):
    form = make_forms.form(edition=edition, slug="main")
    make_forms.question(form, "hope", Kind.TEXT, label_en="=HYPERLINK(1)")
    make.registration(edition=edition, answers={"main": {"hope": "=1+1"}})

    job = done(order(client, ["answer.main.hope"]))

    with job.result.open("rb") as file:
        assert file.read().decode("utf-8-sig").splitlines() == ['"\'=HYPERLINK(1)"', '"\'=1+1"']


def test_kept_export_is_repeated_in_one_click_with_the_rows_of_now(client, organizer, edition):
    first = make.registration(edition=edition, status="pending")
    make.registration(edition=edition)
    done(order(client, ["badge"], "status__exact=pending", keep="1", name="To approve"))
    second = make.registration(edition=edition, status="pending")

    rows = table(done(client.post(PAGE, {"do": "run", "pk": SavedExport.objects.get().pk})))

    assert {row[0] for row in rows[1:]} == {first.badge, second.badge}
    assert SavedExport.objects.get().ran_at
    assert Job.objects.latest("pk").title == "Export: To approve"


def test_kept_export_opens_is_changed_under_its_name_and_deleted(client, organizer, edition):
    make.registration(edition=edition)
    done(order(client, ["badge"], keep="1", name="Badges"))
    kept = SavedExport.objects.get()

    page = client.get(PAGE, {"saved": kept.pk})
    done(order(client, ["badge", "status"], f"saved={kept.pk}", keep="1", name="Badges"))

    assert [field.key for field in page.context["chosen"]] == ["badge"]
    kept.refresh_from_db()
    assert kept.columns == ["badge", "status"]
    client.post(PAGE, {"do": "delete", "pk": kept.pk})
    assert not SavedExport.objects.exists()


def test_kept_export_whose_filter_is_gone_lets_nothing_out(client, organizer, edition):
    make.registration(edition=edition)
    done(order(client, ["badge"], keep="1", name="Badges"))
    SavedExport.objects.update(query="weather=fine")
    before = Job.objects.count()

    answer = client.post(PAGE, {"do": "run", "pk": SavedExport.objects.get().pk}, follow=True)

    assert "weather" in answer.content.decode()
    assert Job.objects.count() == before


def test_shared_export_is_run_but_not_deleted_by_others(client, organizer, edition):
    make.registration(edition=edition)
    done(order(client, ["badge"], keep="1", name="Ours", shared_with=Role.ORGANIZER))
    kept = SavedExport.objects.get()
    client.force_login(make.organizer())

    assert len(table(done(client.post(PAGE, {"do": "run", "pk": kept.pk})))) == 2
    client.post(PAGE, {"do": "delete", "pk": kept.pk})
    assert SavedExport.objects.filter(pk=kept.pk).exists()


def test_own_export_is_nobody_elses(client, organizer):
    done(order(client, ["badge"], keep="1", name="Mine"))
    client.force_login(make.organizer())

    assert client.post(PAGE, {"do": "run", "pk": SavedExport.objects.get().pk}).status_code == 404


def permission(user, *names: str) -> None:
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))


def test_who_may_not_reach_people_takes_no_addresses_home(client, edition):
    """Not even by a column that is named in the address or kept by somebody who may."""
    user = make.user(is_staff=True)
    permission(user, "view_registration", "export_registration")
    client.force_login(user)
    make.registration(edition=edition, person=make.person(email="secret@example.com"))

    page = client.get(PAGE)
    rows = export(client, ["email", "badge", "phone"])

    assert "email" not in {field.key for field in page.context["chosen"]}
    assert rows[0] == ["Badge"]
    what = {"format": "csv", "keys": [Registration.objects.get().pk], "columns": ["email", "badge"]}
    job = start_job(kind="registrations_export", title="Kept", options=what, by=user)
    run(job.pk)
    job.refresh_from_db()
    assert table(job)[0] == ["Badge"]


def test_arrows_move_a_column_and_keep_what_was_typed(client, organizer):
    page = order(client, ["badge", "status", "edition"], down="badge", name="Half typed")

    assert [field.key for field in page.context["chosen"]] == ["status", "badge", "edition"]
    assert 'value="Half typed"' in page.content.decode()
    assert not Job.objects.exists()


def test_without_a_column_or_a_name_the_page_says_so(client, organizer):
    none = order(client, ["no-such-column"])
    nameless = order(client, ["badge"], keep="1", name=" ")

    assert "Choose at least one column." in none.content.decode()
    assert "Give it a name." in nameless.content.decode()
    assert not Job.objects.exists()


def test_name_that_is_taken_is_said_beside_it(client, organizer):
    done(order(client, ["badge"], keep="1", name="Mine"))

    assert (
        "You have an export of this name."
        in order(client, ["badge"], keep="1", name="Mine").content.decode()
    )


@pytest.mark.parametrize(
    ("label", "page", "maker"),
    [
        ("attendees.registration", PAGE, make.registration),
        ("attendees.person", reverse("admin:attendees_person_export"), make.person),
        ("attendees.invitation", reverse("admin:attendees_invitation_export"), make.invitation),
    ],
)
def test_every_column_can_be_written(client, organizer, label, page, maker):
    maker()
    keys = [field.key for field in get_exportable(label).fields_for(organizer)]

    for form in SavedExport.Format:
        heading, *rows = table(done(order(client, keys, page=page, format=form)))
        assert len(heading) == len(keys) == len(set(keys))
        assert len(rows) == 1


def crowd(edition, size: int) -> None:
    """Many registrations, each with answers, a companion and a consent."""
    form = form_of(edition)
    category = make.category(edition, Category.Kind.VISITOR)
    people = Person.objects.bulk_create(
        Person(name_latin=f"Guest {n}", sort_key=f"guest {n}") for n in range(size)
    )
    now = timezone.now()
    places = Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            category=category,
            status="pending",
            submitted_at=now,
            answers={"main": {"aim": "found", "staff": 3}},
        )
        for person in people
    )
    Companion.objects.bulk_create(Companion(registration=row, name="Ada") for row in places)
    text = form.fields.get(key="photos").texts.get()
    Consent.objects.bulk_create(
        Consent(registration=row, text=text, language="en") for row in places
    )


def test_work_asks_a_few_queries_a_thousand_rows(client, organizer, edition, monkeypatch):
    """Two hundred stand for a thousand: the rows come in five turns, each with its parts."""
    monkeypatch.setattr("attendees.exporting.ROWS_AT_A_TIME", 200)
    crowd(edition, 1000)
    keys = [field.key for field in get_exportable("attendees.registration").fields_for(organizer)]
    order(client, keys)
    job = Job.objects.latest("pk")

    with CaptureQueriesContext(connection) as seen:
        run(job.pk)

    job.refresh_from_db()
    assert job.report == {"rows": 1000}
    asked = [query["sql"] for query in seen.captured_queries if query["sql"].startswith("SELECT")]
    # Rows, companions, files, consents; then the job, its owner, rights and questions.
    assert len(asked) <= 5 * 4 + 15, len(asked)


def test_rows_are_let_go_as_soon_as_they_are_written(edition, monkeypatch):
    """Nothing may wait for the collector of rings, which here never comes."""
    monkeypatch.setattr("attendees.exporting.ROWS_AT_A_TIME", 5)
    crowd(edition, 20)
    keys = list(Registration.objects.values_list("pk", flat=True))
    alive = weakref.WeakSet()
    most = 0

    gc.disable()
    try:
        columns = ["companion_names", "answer.main.aim", "consent.main.photos"]
        for row in get_exportable("attendees.registration").load(keys, columns):
            alive.add(row)
            most = max(most, len(alive))
            assert row.given
    finally:
        gc.enable()

    assert most <= 2  # the one at hand and the one before it
