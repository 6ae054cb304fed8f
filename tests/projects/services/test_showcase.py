"""Public pages: asked for, approved by the holder, reminded, taken off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from attendees.services.answers import LinkOver
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import Project, ShowcasePage
from projects.services.showcase import (
    approve_page,
    ask_holders,
    page_of_link,
    page_token,
    remind_holders,
    renew_link,
    take_page_off,
    unapproved,
)
from projects.showcase import showcase_of
from tests import make
from tests.projects import make_showcase

pytestmark = pytest.mark.django_db
TEXT = {"title_en": "Lidar", "summary_en": "Sees farms."}


def sent() -> list[str]:
    return sorted(Message.objects.values_list("to_address", flat=True))


def test_holders_of_accepted_projects_are_asked_once():
    edition = make.edition()
    for status, email in [
        ("accepted", "a@x.example"),
        ("accepted", ""),
        ("applied", "b@x.example"),
    ]:
        make.project(edition=edition, status=status, holder=make.person(email=email))
    waiting = make.project(edition=edition)
    Project.objects.filter(pk=waiting.pk).update(holder=None)  # nobody has taken it over

    counts = [ask_holders(edition, by=None) for _time in range(2)]

    assert counts == [1, 0]
    assert sent() == ["a@x.example"]


def test_asking_costs_the_same_queries_however_many(django_assert_max_num_queries):
    edition = make.edition()
    for _project in range(12):
        make.project(edition=edition)

    with django_assert_max_num_queries(24):
        assert ask_holders(edition, by=None) == 12


def test_only_who_has_not_answered_is_reminded_and_not_at_once():
    edition = make.edition()
    waiting, _approved = (
        make_showcase.page(edition=edition),
        make_showcase.page(edition=edition, is_approved=True),
    )
    at_once = remind_holders(edition, by=None)
    ShowcasePage.objects.update(asked_at=timezone.now() - timedelta(days=3))

    later = [remind_holders(edition, by=None) for _time in range(2)]

    assert (at_once, later) == (0, [1, 0])
    assert sent() == [waiting.project.holder.email]


def test_public_reads_approved_text_only():
    page = make_showcase.page(title_en="As applied")
    before = [str(one.title) for one in showcase_of(page.edition).all]
    approve_page(page.pk, {"title_en": "As approved"})
    Project.objects.filter(pk=page.project_id).update(
        title_en="Changed afterwards", updated_at=timezone.now()
    )

    after = [str(one.title) for one in showcase_of(page.edition).all]

    assert (before, after) == ([], ["As approved"])


def test_approving_the_same_text_again_changes_nothing():
    page = make_showcase.page()

    versions = [approve_page(page.pk, text).version for text in [TEXT, TEXT, {"title_en": "New"}]]

    assert versions == [1, 1, 2]


def test_page_that_is_taken_off_is_gone_and_can_come_back():
    page = make_showcase.page(is_approved=True)
    take_page_off(page.pk)
    gone = len(showcase_of(page.edition).all), list(unapproved(page.edition))
    approve_page(page.pk, TEXT)

    assert gone == (0, [])
    assert len(showcase_of(page.edition).all) == 1


def test_project_that_is_accepted_no_more_leaves_the_showcase():
    page = make_showcase.page(is_approved=True)
    shown = len(showcase_of(page.edition).all)
    Project.objects.filter(pk=page.project_id).update(status="withdrawn")

    with pytest.raises(DomainError) as refusal:
        approve_page(page.pk, TEXT)

    assert (shown, len(showcase_of(page.edition).all)) == (1, 0)
    assert refusal.value.code == "not_accepted"


def test_text_without_a_title_is_refused():
    with pytest.raises(DomainError) as refusal:
        approve_page(make_showcase.page().pk, {"summary_en": "Sees farms."})

    assert refusal.value.code == "no_title"


def test_database_keeps_unapproved_text_from_the_public():
    page = make_showcase.page(is_approved=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ShowcasePage.objects.filter(pk=page.pk).update(state="off")


def test_link_is_the_holders_alone_and_ends():
    page = make_showcase.page()
    slug, token = page.edition.slug, page_token(page)
    opened = page_of_link(token, slug)
    other_edition = page_of_link(token, make.edition().slug)
    forged = page_of_link(f"{token}x", slug)
    renew_link(page.pk)

    with pytest.raises(LinkOver):
        page_of_link(token, slug)

    assert (opened, other_edition, forged) == (page, None, None)


def test_link_ends_when_somebody_takes_the_project_over():
    page = make_showcase.page()
    token = page_token(page)
    Project.objects.filter(pk=page.project_id).update(holder=make.person())

    with pytest.raises(LinkOver):
        page_of_link(token, page.edition.slug)
