"""Two worlds: who stands behind a blind project, or a review, changes no byte of the other side.

Each test makes a world, takes everything the other side can fetch, swaps two people,
takes it again and compares: bodies, statuses and headers of every address of the role
matrix, the reviewer's own pages, mails and letters.
"""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import activate, override

from hrconf.mailing.models import Message
from projects.models import DecisionLetter, Project, Review
from projects.services import decision_letters
from projects.services.deciding import decide, release_decisions
from projects.services.reviewers import reviewer_token
from tests import make
from tests import role_matrix as matrix
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
PEOPLE = [
    {
        "name_latin": "Wang Wei",
        "name_native": "王伟",
        "email": "wei@xihu-robotics.cn",
        "organization_en": "Xihu Robotics",
    },
    {
        "name_latin": "Amelie Roux-Delacroix",
        "name_native": "Amélie Roux-Delacroix",
        "email": "amelie@sail.fr",
        "organization_en": "Sailing SAS",
    },
]
OF_HOLDER = ["holder", "organization_en", "organization_zh_hans", "country", "website"]
# What differs between any two answers, whoever asks.
NOISE = {"Set-Cookie", "Content-Security-Policy", "Date", "X-Request-ID"}
NONCE = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture(autouse=True)
def stopped_clock():
    """Both worlds are at the same moment."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def world(monkeypatch):
    """A blind phase with two projects by two people, and two reviewers of both."""
    edition = make.edition(slug="2117", year=2117, is_public=True, **DAYS)
    phase = ms.phase(edition=edition, is_blind=True, others="closed")
    sector = make.sector()
    world = {"edition": edition, "phase": phase}
    world["projects"] = [
        ms.project(
            edition,
            sector=sector,
            holder=make.person(**one),
            organization_en=one["organization_en"],
            country=country,
            website=f"https://{one['email'].split('@')[1]}/",
            title_en=f"Rotor {number}",
            summary_en=f"A rotor. Founded by {one['name_latin']} of {one['organization_en']}.",
            status="in_review",
        )
        for number, (one, country) in enumerate(zip(PEOPLE, ["CN", "FR"], strict=True))
    ]
    world["reviewers"] = [ms.reviewer(edition, sectors=[sector]) for _n in range(3)]
    for reviewer in world["reviewers"]:
        for project in world["projects"]:
            ms.review(phase, project, reviewer)
    return world


def swap_holders(projects: list[Project]) -> None:
    """Each project is the other's from now on; the summary names its new founder."""
    one, other = projects
    for field in OF_HOLDER:
        mine, theirs = getattr(one, field), getattr(other, field)
        setattr(one, field, theirs)
        setattr(other, field, mine)
    for project in projects:
        by = project.holder
        project.summary_en = f"A rotor. Founded by {by.name_latin} of {by.organization_en}."
        project.save()


# What can be fetched --------------------------------------------------------------------


def bare(response) -> tuple:
    body = b"".join(response) if response.streaming else response.content
    headers = {key: value for key, value in response.items() if key not in NOISE}
    return response.status_code, headers, NONCE.sub(b"", body)


def differing(before: dict, after: dict) -> list:
    """What is not the same in both worlds."""
    keys = sorted(before.keys() | after.keys())
    return [
        (key, parted(before.get(key), after.get(key)))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def parted(one, other) -> list:
    """The first lines of two answers that differ."""
    lines = [str(answer).replace("\\n", "\n").splitlines() for answer in (one, other)]
    return [pair for pair in zip(*lines, strict=False) if pair[0] != pair[1]][:3]


def own_pages(client, world, reviewer) -> dict[str, tuple]:
    """Everything a reviewer's link opens, and what a wrong or searching request answers."""
    token, slug = reviewer_token(reviewer), world["edition"].slug
    activate("en")  # an answer in Chinese leaves it behind
    base = reverse("projects:reviewer", args=[slug, token])
    pages = [base, base + "?q=Wang", base + "?q=Sailing"]
    for project in world["projects"]:
        page = reverse("projects:review", args=[slug, token, 1, project.pk])
        pages += [page, page + "?q=Wang", page + "?format=json", page.replace("/1/", "/2/")]
    found = {page: bare(client.get(page)) for page in pages}
    for page in pages[::2]:
        found["POST " + page] = bare(client.post(page, {"deed": "keep", "to_board": "x" * 2001}))
    chinese = {page.replace("/en/", "/zh-hans/") for page in pages}
    return found | {page: bare(client.get(page)) for page in sorted(chinese)}


def every_route(client, world) -> dict[str, tuple]:
    """Every address of the role matrix that needs nothing but this edition, as a stranger."""
    found = {}
    activate("en")
    for route in matrix.ROUTES:
        at = {"edition": world["edition"].slug}
        if set(route.at) - set(at):
            at |= {key: value for key, value in route.at.items() if isinstance(value, str | int)}
        try:
            page = reverse(route.name, kwargs={key: at[key] for key in route.at})
        except (KeyError, NoReverseMatch):
            continue
        with transaction.atomic():
            found[route.name] = bare(client.get(page))
            transaction.set_rollback(True)
    return found


def test_swapping_two_applicants_changes_no_byte_a_reviewer_of_a_blind_phase_can_fetch(
    client, world
):
    reviewer = world["reviewers"][0]
    before = own_pages(client, world, reviewer), every_route(client, world)

    swap_holders(world["projects"])

    after = own_pages(client, world, reviewer), every_route(client, world)
    assert differing(before[0], after[0]) == []
    assert differing(before[1], after[1]) == []
    assert len(before[0]) >= 28
    assert len(before[1]) >= 20


def test_open_phase_shows_who_brings_it(client, world):
    """The control: the same test sees the swap as soon as the phase is not blind."""
    type(world["phase"]).objects.update(is_blind=False)
    before = own_pages(client, world, world["reviewers"][0])

    swap_holders(world["projects"])

    assert own_pages(client, world, world["reviewers"][0]) != before


def test_anonymised_text_of_the_office_stands_in(client, world):
    project = world["projects"][0]
    ms.blind_text(project, title_en="A flying rotor", text_en="It hovers.")

    pages = own_pages(client, world, world["reviewers"][0])

    # A page says again what was asked of it.
    text = b"".join(body for page, (_s, _h, body) in pages.items() if "?q" not in page)
    assert b"A flying rotor" in text
    assert b"It hovers." in text
    assert b"Rotor 0" not in text
    for word in [b"Wang", b"Xihu", b"\xe7\x8e\x8b\xe4\xbc\x9f", b"xihu-robotics.cn"]:
        assert word not in text


# The other way round --------------------------------------------------------------------


def answer(world, order: list[int]) -> None:
    """Two reviewers say two things; `order` says which of them says which."""
    said = [(5, "Show a prototype."), (2, "The market is small.")]
    for project in world["projects"]:
        for which, (points, words) in zip(order, said, strict=True):
            review = Review.objects.get(project=project, reviewer=world["reviewers"][which])
            review.scores.all().delete()
            for one in world["phase"].criteria.all():
                review.scores.create(criterion=one, value=points)
            review.state, review.answered_at = Review.State.DONE, timezone.now()
            review.to_applicant, review.to_board = words, words
            review.save()


def told(client, world, monkeypatch) -> dict:
    """What the applicants get of a release, in a transaction that is taken back."""
    drawn = []
    monkeypatch.setattr(
        decision_letters, "render_pdf", lambda template, data: drawn.append(data) or ms.PDF
    )
    with transaction.atomic():
        for project, outcome in zip(world["projects"], ["reserve", "decline"], strict=True):
            decide(project.pk, outcome=outcome, phase=world["phase"], by=world.get("by"))
        release_decisions(world["edition"], by=None)
        fields = ["kind", "recipient", "subject", "text", "html", "headers", "to_address"]
        found = {
            "mails": list(Message.objects.order_by("recipient").values_list(*fields)),
            "files": list(
                DecisionLetter.objects.order_by("number").values_list("reference", "sha256", "pdf")
            ),
            "drawn": drawn,
            "routes": every_route(client, world),
        }
        transaction.set_rollback(True)
    return found


def test_swapping_two_reviewers_changes_no_byte_an_applicant_can_fetch(client, world, monkeypatch):
    answer(world, [0, 1])
    before = told(client, world, monkeypatch)

    answer(world, [1, 0])

    after = told(client, world, monkeypatch)
    assert differing(before, after) == []
    assert "Show a prototype." in str(before["drawn"])
    for reviewer in world["reviewers"]:
        assert reviewer.person.name_latin not in str(before)


def test_swapping_two_reviewers_changes_no_byte_a_third_can_fetch(client, world):
    third = world["reviewers"][2]
    type(world["phase"]).objects.update(ends_at=timezone.now())
    assert world["phase"].others == "closed"
    world["phase"].refresh_from_db()
    answer(world, [0, 1])
    before = own_pages(client, world, third)

    answer(world, [1, 0])

    assert differing(before, own_pages(client, world, third)) == []
    assert b"Show a prototype." in b"".join(body for _s, _h, body in before.values())


def test_pending_decision_changes_no_byte_outside(client, world):
    reviewer = world["reviewers"][0]
    before = own_pages(client, world, reviewer), every_route(client, world)

    for project, outcome in zip(world["projects"], ["accept", "decline"], strict=True):
        decide(project.pk, outcome=outcome, phase=world["phase"], by=make.organizer())

    assert differing(before[0], own_pages(client, world, reviewer)) == []
    assert differing(before[1], every_route(client, world)) == []
    assert Message.objects.count() == 0
