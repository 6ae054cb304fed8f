"""The call in the office: counts, codes, applications and what changed after acceptance."""

import pytest
from django.urls import reverse

from projects.exporting import code_fields, codes
from projects.models import CallKind, CallSector, Project, ProjectCode
from projects.services.applications import Given, change_step
from projects.services.codes import code_text, read_code
from projects.services.screening import move_project
from tests import make
from tests.attendees.make_forms import form, question
from tests.projects import make_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make.organizer())
    return client


def page(client, row) -> str:
    name = f"admin:projects_{row._meta.model_name}_change"
    return client.get(reverse(name, args=[row.pk])).content.decode()


def test_call_says_what_has_come_in_by_kind_and_sector(office):
    call, sector = make_call.call(), make.sector(name_en="Biomedicine")
    CallSector.objects.create(call=call, sector=sector, most=5)
    kind = make_call.kind(call)
    make_call.sent(kind, sector=sector)
    make_call.application(kind, sector=sector)

    text = page(office, call)

    assert "Startup team: 1 sent, 2 begun" in text
    assert "Biomedicine: 1 sent, 2 begun (at most 5)" in text


def test_change_after_acceptance_stands_first(office):
    row = make_call.sent()
    move_project(row.project_id, to="accepted", by=make.organizer())
    change_step(row.pk, Given("project", valid={"title_en": "Better"}), edits=None)

    text = page(office, row)

    assert "Changed after acceptance: version 2" in text
    assert "<ins>Better</ins>" in text
    assert text.index("Changed after acceptance") < text.index("<h3>What was sent")


def test_what_the_office_changed_since_is_told_apart(office):
    row = make_call.sent()
    Project.objects.filter(pk=row.project_id).update(title_en="By the office")

    text = page(office, row)

    assert "Changed in the office since" in text
    assert "By the office" in text


def test_code_can_be_read_again_and_is_found_by_what_is_typed(office):
    call = make_call.call()
    fields = {"call": call.pk, "label": "Shenzhen", "most_uses": 3, "key_version": 1}

    made = office.post(reverse("admin:projects_projectcode_add"), fields)

    assert made.status_code == 302, made.content.decode()
    code = ProjectCode.objects.get()
    assert code_text(code) in page(office, code)
    assert read_code(call, code_text(code)) == code


def test_listed_projects_get_codes_once(office):
    call = make_call.call()
    Project.objects.filter(pk=make.project(edition=call.edition).pk).update(holder=None)
    make.project(edition=call.edition)
    url = reverse("admin:projects_projectcode_draw")

    office.post(url)
    office.post(url)

    assert ProjectCode.objects.count() == 1


def many(**fields) -> dict:
    return {"names": "", "most_uses": 1, "closes_at_0": "", "closes_at_1": "", **fields}


def test_codes_are_drawn_for_names_on_lines_and_every_association_once(office):
    call = make_call.call()
    make.association(name_en="Overseas Engineers")
    url = reverse("admin:projects_projectcode_draw_many")
    names = "Shenzhen Angels\r\n\r\n  Shenzhen   Angels \r\n深圳天使会"
    given = many(call=call.pk, names=names, associations="on", most_uses=5)

    for _time in range(2):
        assert office.post(url, given).status_code == 302

    found = ProjectCode.objects.filter(call=call).order_by("pk")
    labels = [(one.label, one.most_uses, one.association is not None) for one in found]
    expected = [("Shenzhen Angels", 5, False), ("深圳天使会", 5, False)]
    assert labels == [*expected, ("Overseas Engineers", 5, True)]
    assert all(read_code(call, code_text(one)) == one for one in found)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Name somebody, or choose every association."),
        ({"names": "x" * 201}, "is too long: at most 200 characters."),
        ({"names": "\n".join(map(str, range(501)))}, "At most 500 names at once."),
    ],
)
def test_names_that_are_no_good_are_refused_in_words_and_stay(office, given, said):
    fields = many(call=make_call.call().pk, **given)

    answer = office.post(reverse("admin:projects_projectcode_draw_many"), fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert given.get("names", "")[:20] in answer.content.decode()
    assert not ProjectCode.objects.exists()


def test_codes_cost_the_same_for_few_and_many(office, django_assert_max_num_queries):
    call = make_call.call()
    names = "\n".join(f"Team {number}" for number in range(300))

    with django_assert_max_num_queries(25):
        office.post(
            reverse("admin:projects_projectcode_draw_many"), many(call=call.pk, names=names)
        )

    assert ProjectCode.objects.count() == 300


def test_form_of_a_kind_asks_for_no_files(office):
    call = make_call.call()
    asked = form(edition=call.edition)
    question(asked, "cv", "file")
    kind = make_call.kind(call)
    url = reverse("admin:projects_callkind_change", args=[kind.pk])
    data = {name: getattr(kind, name) for name in ["slug", "name_en", "name_zh_hans", "position"]}
    data |= dict.fromkeys(["most_team", "most_decks", "most_certificates"], 5)
    data |= {"most_letters": 500, "deck_megabytes": 5, "certificate_megabytes": 5}

    refused = office.post(url, {**data, "form": asked.pk})

    assert refused.status_code == 200
    assert "asks for files" in refused.content.decode()
    assert CallKind.objects.get().form is None


def test_receipt_of_any_version_is_read_in_the_office(office):
    row = make_call.sent()
    url = reverse("admin:projects_application_receipt", args=[row.pk, 1])

    answer = office.get(url)

    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert office.get(url.replace("receipt-1", "receipt-9")).status_code == 404


def test_codes_are_written_into_a_file_with_what_came_in_through_each(office):
    code = make_call.code(most_uses=2)
    make_call.sent(make_call.kind(code.call), code=code)

    (row,) = codes([code.pk], [])

    written = {field.key: field.read(row) for field in code_fields()}
    assert written["code"] == code_text(code)
    assert (written["most"], written["begun"], written["sent"]) == (2, 1, 1)
    assert office.get(reverse("admin:projects_projectcode_export")).status_code == 200
