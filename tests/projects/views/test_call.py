"""The call on its pages: begun, typed, kept, sent, changed, handed on, without an account."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hrconf.mailing.models import Message
from projects.models import Application, ApplicationRequest, Project, TeamMember
from projects.services.codes import code_text, draw_codes
from projects.services.screening import move_project
from projects.services.teams import member_token
from tests import make
from tests.attendees.make_forms import form, question
from tests.projects import make_call

pytestmark = pytest.mark.django_db
FACTS = {**make_call.FACTS, "seeking": ["funding", "partner"]}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call():
    days = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
    return make_call.call(make.edition(slug="2117", **days))


@pytest.fixture
def kind(call):
    return make_call.kind(call, slug="team")


def link_in(kind: str) -> str:
    """The path of the link in the newest mail of a kind."""
    text = Message.objects.filter(kind=kind).latest("pk").text
    found = re.search(r"https?://[^/\s]+(/(?:en|zh-hans)/2117/call/\S+)", text)
    assert found, text
    return found[1]


def begin(client, kind, **more) -> str:
    """Ask, prove, and come to one's own page; return its address."""
    typed = make_call.details()
    data = {**typed, "sector": typed["sector_id"], **more}
    sent = client.post(f"/en/2117/call/{kind.slug}/", data)
    assert sent.status_code == 302, sent.content.decode()
    proven = client.post(link_in("apply"))
    assert proven.status_code == 302
    return proven["Location"].replace("http://localhost:8000", "").replace("http://testserver", "")


def own(row: Application) -> str:
    from projects.services.applying import own_token

    return f"/en/2117/call/application/{own_token(row)}/"


def facts(row: Application, **more) -> dict:
    row.refresh_from_db()
    return {**FACTS, "sector": row.project.sector_id, "edits": row.edits, **more}


def test_call_shows_its_kinds_sectors_and_until_when(client, kind):
    text = client.get("/en/2117/call/").content.decode()

    assert "Startup team" in text
    assert "Applications are taken until" in text
    assert "China Standard Time" in text
    assert "项目征集" in client.get("/zh-hans/2117/call/").content.decode()


def test_edition_without_a_call_says_so(client):
    make.edition(slug="2117")

    assert "There is no call" in client.get("/en/2117/call/").content.decode()


def test_application_from_the_first_page_to_the_receipt(client, kind):
    home = begin(client, kind)
    row = Application.objects.get()

    step = client.post(f"{own(row)}project/", facts(row, next="1"))
    sent = client.post(f"{own(row)}send/", {"edits": row.edits + 1})
    page = client.get(own(row)).content.decode()

    assert home.startswith("/en/2117/call/application/")
    assert step["Location"].endswith("/team/")
    assert sent["Location"].endswith("?done=sent")
    assert "P-0001" in page
    assert "Funding, Partner" in page or "Funding and Partner" in page
    assert Message.objects.filter(kind="application_receipt").count() == 1
    receipt = client.get(f"{own(row)}receipt-1.pdf")
    assert b"".join(receipt.streaming_content).startswith(b"%PDF-")


def test_wrong_start_keeps_what_was_typed_and_makes_nothing(client, kind):
    answer = client.post("/en/2117/call/team/", {"title": "Link <b>", "email": "nobody"})

    assert answer.status_code == 422
    assert "Link &lt;b&gt;" in answer.content.decode()
    assert 'value="nobody"' in answer.content.decode()
    assert not ApplicationRequest.objects.exists()


def test_code_in_the_address_is_filled_in_and_a_wrong_one_refused(client, kind):
    (code,) = draw_codes(kind.call, ["Shenzhen"])
    page = client.get(f"/en/2117/call/team/?code={code_text(code)}").content.decode()
    assert code_text(code) in page

    typed = make_call.details()
    wrong = client.post("/en/2117/call/team/", {**typed, "sector": typed["sector_id"], "code": "X"})

    assert wrong.status_code == 422
    assert "do not know this code" in wrong.content.decode()


# Kept as it is typed --------------------------------------------------------------------------


def test_autosave_keeps_what_is_wrong_too_and_says_nothing_yet(client, kind):
    row = make_call.application(kind)
    data = facts(row, website="not a site", title_en="Better", autosave="1")

    said = client.post(f"{own(row)}project/", data)
    page = client.get(f"{own(row)}project/").content.decode()

    assert said.json()["edits"] == 1
    assert 'value="not a site"' in page
    assert 'value="Better"' in page


def test_two_windows_overwrite_nothing_and_the_later_one_is_told(client, kind):
    row = make_call.application(kind)
    data = facts(row, title_en="First")
    client.post(f"{own(row)}project/", {**data, "autosave": "1"})

    late = client.post(f"{own(row)}project/", {**data, "title_en": "Second", "autosave": "1"})
    button = client.post(f"{own(row)}project/", {**data, "title_en": "Second", "save": "1"})
    again = re.search(r'name="edits" value="(\d+)"', button.content.decode())

    row.project.refresh_from_db()
    assert (late.status_code, late.json()["code"]) == (409, "edited")
    assert button.status_code == 409
    assert 'value="Second"' in button.content.decode()
    assert row.project.title_en == "First"
    assert again
    saved = client.post(
        f"{own(row)}project/", {**data, "title_en": "Second", "edits": again[1], "save": "1"}
    )
    assert saved.status_code == 302


def test_questions_of_the_kind_are_asked_and_their_answers_sent(client, call):
    asked = form(edition=call.edition)
    question(asked, "novelty", "long_text", is_required=True)
    question(asked, "patents", "number")
    kind = make_call.kind(call, form=asked)
    row = make_call.ready(kind)

    missing = client.post(f"{own(row)}send/", {})
    bad = client.post(f"{own(row)}questions/", {"q-novelty": "New", "q-patents": "many"})
    good = client.post(f"{own(row)}questions/", {"q-novelty": "New", "q-patents": "3", "next": "1"})
    client.post(f"{own(row)}send/", {})

    assert missing.status_code == 422
    assert bad.status_code == 422
    assert good.status_code == 302
    row.refresh_from_db()
    assert row.answers == {"novelty": "New", "patents": 3}
    assert row.submitted_at


def test_what_is_missing_is_named_with_its_step(client, call):
    row = make_call.application(make_call.kind(call, needs_deck=True))

    page = client.get(f"{own(row)}send/").content.decode()

    assert "Describe the project in at least one language." in page
    assert "Add a deck." in page
    assert client.post(f"{own(row)}send/", {}).status_code == 422
    row.refresh_from_db()
    assert row.submitted_at is None


def test_description_has_its_limit(client, call):
    row = make_call.application(make_call.kind(call, most_letters=100))

    answer = client.post(f"{own(row)}project/", facts(row, summary_en="a" * 101, save="1"))

    assert answer.status_code == 422
    assert "a" * 101 in answer.content.decode()


# Files, team ----------------------------------------------------------------------------------


def test_deck_is_added_read_back_and_deleted(client, kind):
    row = make_call.application(kind)
    deck = SimpleUploadedFile("计划书.pdf", make_call.pdf())

    added = client.post(f"{own(row)}files/", {"kind": "deck", "deck-file": deck})
    file = row.project.files.get()
    read = client.get(f"{own(row)}files/{file.pk}/")
    wrong = SimpleUploadedFile("deck.pdf", b"MZ not a pdf")
    refused = client.post(f"{own(row)}files/", {"kind": "deck", "deck-file": wrong})

    assert added.status_code == 302
    assert b"".join(read.streaming_content).startswith(b"%PDF-")
    assert refused.status_code == 422
    assert "Send one of these" in refused.content.decode()
    client.post(f"{own(row)}files/", {"remove": file.pk})
    assert not row.project.files.exists()


def test_file_of_another_project_is_not_handed_out_or_deleted(client, kind):
    row, other = make_call.application(kind), make_call.file()

    assert client.get(f"{own(row)}files/{other.pk}/").status_code == 404
    client.post(f"{own(row)}files/", {"remove": other.pk})
    assert other.project.files.exists()


def test_member_adds_their_part_by_the_link_of_the_mail(client, kind):
    row = make_call.application(kind)
    client.post(f"{own(row)}team/", {"name_latin": "Ann Lee", "email": "ann@guests.example"})
    link = link_in("team_member")

    opened = client.get(link)
    short = client.post(link, {"name_latin": "Ann Lee", "part": "Built two."})
    joined = client.post(link, {"name_latin": "Ann Lee", "role": "CTO", "part": "Built two."})

    member = TeamMember.objects.get()
    assert opened.status_code == 200
    assert short.status_code == 422
    assert "Built two." in short.content.decode()
    assert joined.status_code == 302
    assert (member.state, member.role) == ("joined", "CTO")


def test_team_is_kept_as_it_is_after_the_deadline(client, call, kind):
    row = make_call.sent(kind)
    client.post(f"{own(row)}team/", {"name_latin": "Ann Lee", "email": "ann@guests.example"})
    link = f"/en/2117/call/team/{member_token(TeamMember.objects.get())}/"
    move_project(row.project_id, to="eligible", by=make.organizer())

    late = client.post(link, {"name_latin": "Ann Lee", "role": "CTO"})

    assert late.status_code == 422
    assert client.get(f"{own(row)}team/")["Location"].endswith("?over")


# After sending --------------------------------------------------------------------------------


def test_change_after_sending_is_all_or_nothing(client, kind):
    row = make_call.sent(kind)

    bad = client.post(f"{own(row)}project/", facts(row, stage="", title_en="Better"))
    row.project.refresh_from_db()
    first = row.project.title_en
    good = client.post(f"{own(row)}project/", facts(row, title_en="Better"))
    page = client.get(own(row)).content.decode()

    assert bad.status_code == 422
    assert 'value="Better"' in bad.content.decode()
    assert first == make_call.FACTS["title_en"]
    assert good.status_code == 302
    assert "<ins>Better</ins>" in page


def test_frozen_application_is_read_and_not_changed(client, kind):
    row = make_call.sent(kind)
    move_project(row.project_id, to="eligible", by=make.organizer())

    page = client.get(own(row)).content.decode()
    late = client.post(f"{own(row)}project/", facts(row, title_en="Late"))

    assert "being looked at" in page
    assert late.status_code == 422
    row.project.refresh_from_db()
    assert row.project.title_en != "Late"


def test_application_is_handed_on_and_the_first_link_ends(client, kind):
    row = make_call.sent(kind)
    first = own(row)
    client.post(first, {"ask": "1", "name_latin": "Bo Li", "email": "bo@guests.example"})
    link = link_in("takeover")

    assert client.get(link).status_code == 200
    assert client.get(first).status_code == 200
    taken = client.post(link)

    assert taken.status_code == 302
    assert client.get(first).status_code == 410
    row.refresh_from_db()
    assert client.get(own(row)).status_code == 200


def test_withdrawn_application_is_over(client, kind):
    row = make_call.sent(kind)

    client.post(own(row), {"withdraw": "1"})

    assert Project.objects.get().status == "withdrawn"
    assert "is withdrawn" in client.get(own(row)).content.decode()


@pytest.mark.parametrize("step", ["project", "team", "files", "send"])
def test_pages_are_nobodys_cache_and_set_no_cookie(client, kind, step):
    row = make_call.application(kind)

    answer = client.get(f"{own(row)}{step}/")

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_unknown_step_is_not_found(client, kind):
    assert client.get(f"{own(make_call.application(kind))}else/").status_code == 404
