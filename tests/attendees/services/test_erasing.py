"""One's own data as a file, and being forgotten: no trace anywhere, every figure as it was."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, models
from django.urls import reverse

from agreements.models import AgreementParty
from attendees.importing.remembering import choose_columns
from attendees.models import (
    AnswerFile,
    Duplicate,
    Erasure,
    Person,
    Registration,
    RegistrationRequest,
    Seat,
)
from attendees.personal import belongings
from attendees.services.duplicates import find_duplicates
from attendees.services.erasing import erase_person, plan_erasure
from attendees.services.letters import registration_link
from attendees.services.merging import merge_people
from attendees.services.own_data import own_data, write_own_data
from attendees.services.undoing import undo_merge
from events.imports.uploads import upload_schedule
from events.models import ScheduleImport
from events.services.releases import release_schedule
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.mailing.models import Attachment, Bounce, Message, Suppression
from hrconf.office.models import SavedExport, SavedView
from projects.services.takeovers import ask_takeover
from projects.services.teams import answer_member, ask_member
from tests import make
from tests.attendees import make_forms
from tests.attendees.importing.make_lists import guest_list
from tests.events import make_programmes
from tests.events.imports.make_files import event, xml
from tests.projects import make_call

pytestmark = pytest.mark.django_db
NATIVE, LATIN = "欧阳锦瑟", "Ouyang Jinse"
EMAIL, OTHER_EMAIL, PHONE = "jinse@canary.example", "oyjs@canary.example", "+16045550187"
CANARIES = [
    "Canary Tea House",
    "Canary taster",
    NATIVE,
    LATIN,
    EMAIL,
    OTHER_EMAIL,
    PHONE,
    "604-555-0187",
    "Jinse Ouyang",
]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world():
    """A guest who did everything there is to do, twice recorded, written about everywhere."""
    edition = make_programmes.conference(slug="2017")
    by = make.organizer()
    names = {"name_native": NATIVE, "name_latin": LATIN}
    user = make.user(email=EMAIL, name=LATIN)
    person = make.person(
        **names,
        email=EMAIL,
        phone=PHONE,
        note=f"{LATIN} likes tea",
        user=user,
        organization_en="Canary Tea House",
        title_en="Canary taster",
    )
    second = make.person(name_native="", name_latin="Jinse Ouyang", email=OTHER_EMAIL)
    invitation = make.invitation(
        edition=edition, person=person, status="accepted", answer_note=f"{NATIVE}: gladly"
    )
    place = make.registration(
        edition=edition,
        person=person,
        invitation=invitation,
        answers={"diet": f"{LATIN} eats no nuts"},
        note=f"call {PHONE}",
    )
    answers_of(place, edition)
    opening = edition.sessions.get(kind="opening")
    make.checkin(registration=place, session=opening)
    Seat.objects.create(registration=place, session=make.session(edition=edition))
    make.invitation(person=make.person(), deputy=second, status="deputy", answer_note=LATIN)
    project = make.project(
        edition=edition, holder=person, title_en=f"Tea of {LATIN}", summary_en=f"By {NATIVE}"
    )
    make.rate()
    party = make.party(person=person, name_en=LATIN, name_zh_hans=NATIVE, kind="person")
    agreement = make.agreement(edition=edition, project=project, parties=[party])
    AgreementParty.objects.filter(agreement=agreement).update(
        signer_native=NATIVE, signer_latin=LATIN
    )
    speaker = make.speaker(
        edition=edition, **names, code="ouyang-jinse", email=EMAIL, biography_en=f"{LATIN} was born"
    )
    make.appearance(session=edition.sessions.filter(code="opening").get(), speaker=speaker)
    person.speakers.add(speaker)
    release_schedule(edition.pk, by=by)
    letters(person, second)
    leftovers(edition, person, by)
    applications(edition, person)
    find_duplicates()
    merge_people(kept=person.pk, gone=second.pk, by=by)
    person.refresh_from_db()
    return person


def answers_of(place: Registration, edition) -> None:
    """What the person sent besides: a file, companions, a change, requests to register."""
    question = make_forms.question(make_forms.form(edition=edition), "cv", "file")
    file = AnswerFile(registration=place, field=question, name=f"{LATIN}.pdf", size=1)
    file.file.save("x", ContentFile(f"{NATIVE} {EMAIL}".encode()))
    place.companion_rows.create(name=f"{NATIVE} the elder")
    place.changes.create(form=question.form, before={"a": LATIN}, after={"a": EMAIL})
    request = {"name_native": NATIVE, "name_latin": LATIN, "email": EMAIL}
    place.requests.create(category=place.category, **request)
    RegistrationRequest.objects.create(category=place.category, **request)


def applications(edition, person: Person) -> None:
    """An application of the person, their part in a team, and what nobody has proven."""
    kind = make_call.kind(make_call.call(edition))
    names = {"name_native": NATIVE, "name_latin": LATIN, "email": EMAIL}
    row = make_call.sent(kind, **names, title=f"Tea of {LATIN}")
    row.typed = {"project": {"website": [f"x {LATIN}"]}}
    row.answers = {"who": NATIVE}
    row.save()
    other = make_call.application(kind)
    member = ask_member(other.pk, names | {"role": LATIN}, language="en")
    answer_member(member.pk, {**names, "role": f"{LATIN} leads", "part": NATIVE})
    third = make_call.application(kind, name_native="林木", name_latin="Lin Mu")
    ask_member(third.pk, names | {"role": ""}, language="en")
    ask_takeover(third.pk, names, language="en")
    make_call.request(kind, **names, title=LATIN)


def letters(person: Person, second: Person) -> None:
    sent = {"to_address": EMAIL, "to_name": LATIN, "subject": f"Dear {LATIN}", "text": NATIVE}
    history = [{"at": "now", "state": "sent", "note": EMAIL}]
    letter = make.message(
        recipient=f"person:{person.pk}", html=f"<p>{NATIVE}</p>", history=history, **sent
    )
    Attachment.objects.create(message=letter, filename="a", mimetype="text/plain", content=b"a")
    make.message(recipient=f"person:{second.pk}", **sent)
    Suppression.objects.create(address=EMAIL, reason="hard_bounce", detail=f"no {EMAIL}")
    Bounce.objects.create(sort="hard", address=EMAIL, detail=EMAIL, source="test", digest="0" * 64)
    make.message(recipient="address:else", text=f"{NATIVE} has accepted", answer=f"to {EMAIL}")


def leftovers(edition, person: Person, by) -> None:
    waiting = guest_list([NATIVE, LATIN, EMAIL, "", ""], edition=edition, by=by)
    waiting.name = f"{NATIVE}.csv"
    waiting.save()
    strange = guest_list(["x"], heading=[LATIN], edition=edition, by=by)
    choose_columns(strange, [LATIN], ["name_latin"], by=by)
    schedule_imports(edition, by)
    job = Job(
        kind="people_export",
        title=f"People like {LATIN}",
        options={"keys": [person.pk]},
        created_by=by,
        state="done",
        finished_at="2017-11-08T01:00Z",
    )
    job.result.save("x", ContentFile(f"{NATIVE},{EMAIL}".encode()))
    make.association(contact_name=LATIN, email=EMAIL)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Registration),
        object_id="1",
        object_repr=f"{NATIVE} · 2017",
        action_flag=CHANGE,
    )


def schedule_imports(edition, by) -> None:
    """A schedule that waits, and one that was imported, with the person on stage."""
    data = xml({"Hall": [event(1, people=[({}, NATIVE)])]})
    row = ScheduleImport(edition=edition, report={"rows": [{"notes": [f"{LATIN} is two people"]}]})
    upload_schedule(row, ContentFile(data, name=f"{LATIN}.xml"), by=by)
    ScheduleImport.objects.create(
        edition=edition,
        name="b.xml",
        status="imported",
        imported_at="2017-11-08T01:00Z",
        report={"rows": [{"label": f"A talk by {NATIVE}"}]},
    )


def places_of(canaries: list[str], folder: Path) -> list[str]:
    """Every table and column, and every file, in which a canary is found."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for column in model._meta.concrete_fields:
                sql = f'SELECT count(*) FROM "{model._meta.db_table}" WHERE '
                sql += " OR ".join([f'"{column.column}"::text ILIKE %s'] * len(canaries))
                cursor.execute(sql, [f"%{canary}%" for canary in canaries])
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{column.name}")
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            found += [f"file {file.name}" for canary in canaries if canary in text]
    return found


# Erasing ------------------------------------------------------------------------------------


def test_nothing_is_found_of_an_erased_person_anywhere(
    world, tmp_path, django_capture_on_commit_callbacks
):
    assert len(places_of(CANARIES, tmp_path)) > 25

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(world.pk, reason="Asked by letter", by=make.organizer())

    assert places_of(CANARIES, tmp_path) == []
    assert places_of(["ouyang-jinse", "ouyangjinse", "jinse"], tmp_path) == []


def test_figures_are_what_they_were(world, client):
    url = reverse("events:figures_json", kwargs={"edition": "2017"})
    before = client.get(url).json()

    erase_person(world.pk, reason="Asked by letter", by=None)

    after = client.get(url).json()
    assert after["figures"] == before["figures"]


def test_other_people_stay_as_they_are(world):
    namesake = make.person(name_native=NATIVE, name_latin=LATIN, email="other@guests.example")
    own = make.message(recipient=f"person:{namesake.pk}", text=f"Dear {LATIN}")
    host = make.invitation(deputy=world, status="deputy")
    before = Person.objects.filter(pk=namesake.pk).values().get()

    erase_person(world.pk, reason="Asked by letter", by=None)

    own.refresh_from_db()
    host.refresh_from_db()
    assert Person.objects.filter(pk=namesake.pk).values().get() == before
    assert own.text == f"Dear {LATIN}"
    assert host.key_version == 1  # the guest's own link lives


def test_erasure_is_written_down_without_the_person(world):
    by = make.organizer()

    record = erase_person(world.pk, reason="Asked by letter", by=by)

    assert (record.erased_by, record.reason) == (by, "Asked by letter")
    assert record.counts["attendees.Registration"] == 1
    world.refresh_from_db()
    assert (world.both_names, world.email, world.user) == ("已删除人员 · Erased person", "", None)
    assert world.country.code == "CA"  # is counted


@pytest.mark.parametrize(
    "reason", ["", "   ", f"because {LATIN} asked", f"mail of {EMAIL.upper()}"]
)
def test_a_reason_is_needed_and_may_not_name_the_person(world, reason):
    with pytest.raises(ValidationError):
        erase_person(world.pk, reason=reason, by=None)

    assert Erasure.objects.count() == 0


def test_there_is_no_way_back(world):
    merge = world.merges.get()

    erase_person(world.pk, reason="Asked", by=None)

    with pytest.raises(ValidationError, match="nothing to give back"):
        undo_merge(merge.pk, by=None)
    with pytest.raises(ValidationError, match="erased already"):
        erase_person(world.pk, reason="Asked", by=None)
    assert Duplicate.objects.about(world.pk).count() == 0
    find_duplicates()
    assert Duplicate.objects.count() == 0


def test_personal_links_end_and_waiting_letters_stay_here(world):
    place = world.registrations.get()
    key = place.key_version

    erase_person(world.pk, reason="Asked", by=None)

    place.refresh_from_db()
    assert place.key_version == key + 1
    letters = Message.objects.filter(recipient=f"person:{world.pk}")
    assert {letter.state for letter in letters} == {"cancelled"}


def test_views_that_search_for_the_person_and_ways_back_to_them_are_gone(world):
    by = make.organizer()
    kept = {"owner": by, "label": "attendees.person"}
    searched = urlencode({"q": NATIVE})
    SavedView.objects.create(name="One", query=searched, **kept)
    SavedView.objects.create(name="Others", query="q=Li", **kept)
    SavedExport.objects.create(name="One", query=searched, columns=["name"], **kept)
    was = [{"model": "attendees.Mark", "key": 1, "was": {"text": f"For {LATIN}"}, "is": None}]
    deed = make.done_deed(changes=was)

    erase_person(world.pk, by=by, reason="Asked by letter")

    assert list(SavedView.objects.values_list("name", flat=True)) == ["Others"]
    assert not SavedExport.objects.exists()
    deed.refresh_from_db()
    assert (deed.changes, deed.is_open) == ([], False)


def test_who_works_in_the_office_is_not_erased_by_mistake():
    person = make.person(user=make.organizer())

    assert "login of the office" in plan_erasure(person).hindrance


def test_a_merged_record_is_erased_with_the_one_in_use(world):
    gone = world.merged_from.get()

    with pytest.raises(ValidationError, match="merged into another"):
        erase_person(gone.pk, reason="Asked", by=None)


def test_an_error_half_way_leaves_everything(world, monkeypatch, tmp_path):
    before = places_of(CANARIES, tmp_path)

    def fail(*args):
        raise RuntimeError("half-way")

    monkeypatch.setattr("attendees.services.erasing.empty_people", fail)
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        erase_person(world.pk, reason="Asked", by=None)

    assert places_of(CANARIES, tmp_path) == before


def test_every_long_text_that_belongs_to_a_person_is_erased_or_kept_on_purpose():
    """A new column for free text must be named in `erases` or `keeps` of its belonging."""
    kinds = (models.TextField, models.JSONField, models.FileField, models.BinaryField)
    unnamed = {
        f"{one.label}.{column.name}"
        for one in belongings()
        for column in one.model._meta.concrete_fields
        if isinstance(column, kinds) and column.name not in {*one.erases, *one.keeps}
    }

    assert unnamed == set()


# Own data -----------------------------------------------------------------------------------


def unpacked(file: BytesIO) -> dict:
    with zipfile.ZipFile(file) as package:
        assert set(package.namelist()) == {"data.json", "data.xlsx"}
        assert package.read("data.xlsx").startswith(b"PK")
        return json.loads(package.read("data.json"))


def test_own_data_holds_everything_that_belongs_to_the_person(world):
    file = BytesIO()

    rows = write_own_data(world, file)

    data = unpacked(file)
    assert rows == sum(map(len, data.values()))
    assert len(data["Person"]) == 2  # with the merged record
    assert {str(one.title) for one in belongings() if one.rows(world.pk).exists()} <= set(data)
    assert data["Registrations"][0]["answers"] == {"diet": f"{LATIN} eats no nuts"}
    assert data["Person"][0]["note"] == f"{LATIN} likes tea"


def test_own_data_holds_nobody_elses(world):
    other = make.person(name_latin="Somebody Else")
    make.registration(person=other)

    text = json.dumps([section.rows for section in own_data(world)], default=str)

    assert "Somebody Else" not in text


def test_guest_takes_it_from_their_page_by_a_button_only(client):
    days = {"starts_on": "2117-11-08", "ends_on": "2117-11-10"}
    place = make.registration(edition=make.edition(slug="2117", year=2117, **days))
    place.refresh_from_db()
    path = "/" + registration_link(place, "en").split("/", 3)[3]

    assert "Download my data" in client.get(path).content.decode()
    assert client.get(f"{path}data/")["Location"] == path
    response = client.post(f"{path}data/")

    data = unpacked(BytesIO(b"".join(response.streaming_content)))
    assert data["Person"][0]["email"] == place.person.email
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_office_orders_it_as_long_work(client, world):
    client.force_login(make.organizer())
    client.post(reverse("admin:attendees_person_own_data", args=[world.pk]))

    job = Job.objects.get(kind="own_data")
    run(job.pk)

    job.refresh_from_db()
    assert job.state == "done", job.error
    assert not any(canary in f"{job.title}{job.options}{job.result_name}" for canary in CANARIES)


def test_office_erases_with_a_reason_and_a_tick(client, world):
    client.force_login(make.organizer())
    url = reverse("admin:attendees_person_erase", args=[world.pk])

    assert "Registrations: 1" in client.get(url).content.decode()
    assert "Tick that you are sure" in client.post(url, {"reason": "Asked"}).content.decode()
    unsure = client.post(url, {"reason": "", "sure": "1"}).content.decode()
    assert "Give the reason" in unsure
    assert Erasure.objects.count() == 0

    assert client.post(url, {"reason": "Asked", "sure": "1"}).status_code == 302
    assert Erasure.objects.count() == 1
