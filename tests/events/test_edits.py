"""What is changed outside the grid is seen in it, and stale edits are refused."""

import pytest
from django.urls import reverse

from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Session, Step
from events.services.edits import edit_session
from events.services.placing import Place, place
from events.services.releases import Words, release_schedule
from events.services.restoring import put_back
from events.services.sessions import cancel_session, confirm_session
from events.services.steps import Overtaken, revision
from events.services.undoing import redo, undo
from hrconf.lib.errors import DomainError
from tests import make
from tests.events.admin.test_sessions import save
from tests.events.imports.make_files import event, xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer():
    return make.organizer(name="Lin")


@pytest.fixture
def session():
    return make.session(title_en="Forum", status="draft")


@pytest.fixture
def office(client):
    client.force_login(make.organizer(name="Mei"))
    return client


def stale(session):
    with pytest.raises(Overtaken) as refusal:
        place(session.pk, to=Place(make.OPENING, 30, None), seen=0)
    return refusal.value.messages[0]


def test_quick_edit_is_one_step_that_is_taken_back_and_done_again(organizer):
    session = make.session(starts_at=make.OPENING, title_en="Forum", title_zh_hans="论坛")
    texts = {"title_en": "Panel", "capacity": 20}

    edit_session(session.pk, texts=texts, minutes=45, by=organizer)
    undo(session.edition_id, by=organizer)
    session.refresh_from_db()
    assert (session.title_en, session.capacity, session.minutes) == ("Forum", None, 60)
    redo(session.edition_id, by=organizer)

    session.refresh_from_db()
    assert (session.title_en, session.capacity, session.minutes) == ("Panel", 20, 45)
    kinds = list(Step.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["text", "undo", "redo"]


def test_steps_taken_back_are_done_again_in_their_order_and_not_after_a_new_one(organizer):
    session = make.session()
    for minutes in [30, 40, 50]:
        place(session.pk, to=Place(make.OPENING, minutes, None), by=organizer)
    deeds = [undo, undo, redo, redo, undo, undo, redo]

    for deed in deeds:
        deed(session.edition_id, by=organizer)

    session.refresh_from_db()
    assert session.minutes == 40
    place(session.pk, to=Place(make.OPENING, 90, None), by=organizer)
    with pytest.raises(DomainError):
        redo(session.edition_id, by=organizer)


def test_title_of_nothing_is_refused(session):
    with pytest.raises(DomainError):
        edit_session(session.pk, texts={"title_en": "", "title_zh_hans": ""}, minutes=60)


def test_office_form_raises_the_revision_and_a_stale_drag_is_told(office, session):
    save(office, session, title_en="Forum of parks", capacity=30)

    assert "Mei: Edited – “Forum of parks”" in stale(session)


def test_office_form_that_changed_nothing_is_no_step(office, session):
    save(office, session)

    assert revision(session.edition_id) == 0


def test_office_form_overwrites_nobody(office, session, organizer):
    edit_session(session.pk, texts={"title_en": "Panel"}, minutes=60, by=organizer)

    page = save(office, session, title_en="Mine", seen=0)

    assert "Lin: Changed in the grid" in str(page.context["errors"])
    assert 'value="Mine"' in page.content.decode()  # what was typed stays
    assert Session.objects.get().title_en == "Panel"


def test_state_of_a_session_raises_the_revision(session, organizer):
    confirm_session(session.pk, by=organizer)
    assert "Lin: Edited" in stale(session)
    cancel_session(session.pk, by=organizer)

    assert revision(session.edition_id) == 2


def test_speaker_raises_the_revision_of_the_sessions(office, session):
    speaker = make.speaker(edition=session.edition)
    make.appearance(session=session, speaker=speaker)
    url = reverse("admin:events_speaker_change", args=[speaker.pk])
    form = office.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(f, name) or "" for name, f in form.fields.items()}
    data = {name: value for name, value in data.items() if name != "portrait"}
    names = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    for prefix in ["appearances", "availabilities"]:
        data |= {f"{prefix}-{name}": value for name, value in names.items()}

    answer = office.post(url, {**data, "name_latin": "Wang Lin"})

    assert answer.status_code == 302
    assert "Mei: Edited – “Forum”" in stale(session)


def test_session_deleted_in_the_office_leaves_the_grid_of_others(office, session):
    url = reverse("admin:events_session_delete", args=[session.pk])

    office.post(url, {"post": "yes"})

    assert revision(session.edition_id) == 1


def test_import_raises_the_revision_once_and_not_for_the_same_file():
    edition = make.edition(slug="lake")
    file = xml({"Hall": [event(1), event(2, start="11:00")]})

    import_schedule(edition, read_schedule(file))
    assert [one["what"] for one in Step.objects.get().changes] == ["text", "text"]
    import_schedule(edition, read_schedule(file))

    assert revision(edition.pk) == 1
    stale(Session.objects.filter(edition=edition).first())


def test_release_put_back_raises_the_revision_of_what_it_touched(organizer):
    session = make.session(starts_at=make.OPENING, title_en="Forum")
    other = make.session(edition=session.edition, starts_at=make.OPENING)
    release_schedule(session.edition_id)
    Session.objects.filter(pk=session.pk).update(title_en="Panel")
    release_schedule(session.edition_id)

    put_back(session.edition_id, 1, Words(), by=organizer)

    assert "Lin: Put back – “Forum”" in stale(session)
    place(other.pk, to=Place(make.OPENING, 30, None), seen=0)
