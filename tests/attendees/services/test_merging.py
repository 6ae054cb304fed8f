"""Doubles found and merged: everything moves, everything comes back."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from attendees.models import (
    AddressChange,
    Duplicate,
    Invitation,
    Merge,
    Person,
    Registration,
    Reminder,
    ReminderRule,
)
from attendees.personal import belongings, named_references, references_to_people
from attendees.services.duplicates import ask_again, find_duplicates, keep_apart, refresh_keys
from attendees.services.merging import merge_people, plan_merge
from attendees.services.undoing import plan_undo, undo_merge
from projects.models import Application, Takeover, TeamMember
from tests import make
from tests.projects import make_call, make_competition, make_screening

pytestmark = pytest.mark.django_db
OURS = ["attendees", "projects", "agreements", "events", "mailing", "accounts"]


def someone(native="", latin="", **fields) -> Person:
    fields = {"email": "", "country": "", **fields}
    return make.person(name_native=native, name_latin=latin, **fields)


def found() -> set[frozenset[int]]:
    find_duplicates()
    return {frozenset([pair.first_id, pair.second_id]) for pair in Duplicate.objects.open()}


def everything() -> dict[str, list]:
    """Every row of every table of ours, but the records of merges."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values()))
        for model in models
        if model is not Merge
    }


# Finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("王建国", ""), ("", "Wang Jianguo")),
        (("王建国", ""), ("", "WANG Jian-Guo")),
        (("王建国", ""), ("", "Jianguo Wang")),
        (("", "Wang Jianguo"), ("", "jianguo WANG")),
        (("王建国", ""), ("王建國", "")),
        (("", "ＷＡＮＧ　Ｊｉａｎｇｕｏ"), ("", "Wang Jian Guo")),
        (("", "José Núñez"), ("", "Jose Nunez")),
        (("吕强", ""), ("", "LYU Qiang")),
        (("单霞", ""), ("", "Shan Xia")),
        (("", "Anna Smith"), ("", "Ana Smith")),
        (("", "Katharina Müller"), ("", "Katarina Muller")),
    ],
)
def test_doubles_are_found_across_script_order_width_accents_and_spelling(one, other):
    pair = frozenset([someone(*one).pk, someone(*other).pk])
    someone("李娜", "Li Na")

    assert found() == {pair}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("王建国", "Wang Jianguo"), ("汪建国", "Wang Jianguo")),
        (("", "Anna Smith"), ("", "Anna Kowalska")),
        (("王建国", ""), ("李建国", "")),
    ],
)
def test_people_who_only_sound_alike_are_left_alone(one, other):
    someone(*one)
    someone(*other)

    assert found() == set()


def test_same_mailbox_is_a_hint_and_says_so():
    someone("", "Anna Smith", email="anna.smith+talent@guests.example")
    someone("", "A. Smith", email="annasmith@guests.example", country="CA")

    find_duplicates()

    assert [pair.reasons for pair in Duplicate.objects.all()] in ([], [["mailbox"]])
    Person.objects.filter(name_latin="A. Smith").update(name_latin="Anna Smith")
    refresh_keys()
    find_duplicates()
    assert Duplicate.objects.get().reasons == ["sound", "mailbox"]


def test_same_phone_raises_the_score():
    someone("", "Anna Smith")
    someone("", "Smith Anna")
    find_duplicates()
    before = Duplicate.objects.get().score

    Person.objects.update(phone="+16045550123")
    refresh_keys()
    find_duplicates()

    assert Duplicate.objects.get().score > before
    assert "phone" in Duplicate.objects.get().reasons


def test_what_is_not_the_same_is_never_asked_again():
    someone("王建国")
    someone("王建国")
    find_duplicates()

    keep_apart(Duplicate.objects.get().pk, by=make.user())

    assert found() == set()
    assert Duplicate.objects.get().state == "different"
    ask_again(Duplicate.objects.get().pk)
    assert len(found()) == 1


def test_a_pair_for_which_nothing_speaks_any_more_goes():
    someone("王建国")
    other = someone("王建国")
    find_duplicates()

    other.name_native = "赵敏"
    other.sort_key = ""
    other.save()

    assert found() == set()
    assert Duplicate.objects.count() == 0


def test_a_common_name_alone_is_no_question_for_the_office():
    for _each in range(45):
        someone("张伟")

    assert found() == set()


# Merging ----------------------------------------------------------------------------------


@pytest.fixture
def two():
    """A person recorded twice, who did something under each record."""
    kept = someone("王建国", "", organization_zh_hans="湖滨生物", note="old", country="CA")
    gone = someone("", "Wang Jianguo", email="wang@guests.example", note="new", user=make.user())
    first, second = make.edition(), make.edition(year=2018)
    make.registration(person=kept, edition=first)
    invitation = make.invitation(person=gone, edition=second, status="accepted")
    make.registration(person=gone, edition=second, invitation=invitation)
    make.invitation(deputy=gone, status="deputy")
    make.delegation(leader=gone)
    make.project(holder=gone)
    make_screening.reviewer(first, person=gone)
    make.party(person=gone, kind="person")
    make.message(recipient=f"person:{gone.pk}")
    AddressChange.objects.create(person=gone, email="new@guests.example", code_hash="0")
    rule = ReminderRule.objects.create(edition=first, kind=ReminderRule.Kind.EDITION_STARTS)
    Reminder.objects.create(rule=rule, person=gone, occasion="starts:2017-11-08")
    gone.speakers.add(make.speaker())
    make_competition.juror(person=gone)
    applied_by(gone)
    find_duplicates()
    kept.refresh_from_db()
    gone.refresh_from_db()
    return kept, gone


def applied_by(person: Person) -> None:
    """An application of theirs, a team they are in, an application they took over."""
    row = make_call.application()
    names = {"name_latin": "Wang Jianguo", "email": "wang@guests.example"}
    joined = {"state": "joined", "answered_at": timezone.now()}
    TeamMember.objects.create(application=row, person=person, **names, **joined)
    Takeover.objects.create(application=row, person=person, **names, done_at=timezone.now())
    Application.objects.filter(pk=row.pk).update(applicant=person)


def merged(two, **choices) -> Merge:
    kept, gone = two
    return merge_people(kept=kept.pk, gone=gone.pk, choices=choices, by=make.user())


def test_every_reference_to_a_person_is_moved_or_named_as_staying():
    known = named_references() | {("attendees.person_speakers", "person")}  # as events.Speaker

    assert set(references_to_people()) - known == set()


def test_everything_moves_to_the_kept_record(two):
    kept, gone = two

    merged(two)

    for belonging in belongings():
        if belonging.moves and belonging.path != "people":
            assert not belonging.rows(gone.pk).exists(), belonging
            assert belonging.rows(kept.pk).exists(), belonging
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert kept.speakers.count() == 1


def test_fields_are_taken_as_chosen_and_what_is_missing_is_filled(two):
    kept, _gone = two

    merged(two, organization_zh_hans="gone", note="both")

    kept.refresh_from_db()
    assert (kept.name_native, kept.name_latin) == ("王建国", "Wang Jianguo")
    assert kept.email == "wang@guests.example"
    assert not kept.organization_zh_hans
    assert kept.note == "old\n\nnew"
    assert kept.user is not None
    assert "wang@guests.example" in kept.search_text


def test_undo_restores_every_row_byte_for_byte(two):
    before = everything()
    merge = merged(two, country="gone", note="gone")
    assert everything() != before

    assert undo_merge(merge.pk, by=make.user()) == []

    after = everything()
    after["accounts.User"] = before["accounts.User"]  # who merged and who undid
    assert after == before


def test_undo_swaps_the_logins_back(two):
    kept, gone = two
    Person.objects.filter(pk=kept.pk).update(user=make.user())
    kept.refresh_from_db()
    users = kept.user_id, gone.user_id

    merge = merged(two, user_id="gone")
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.user_id, gone.user_id) == users[::-1]

    undo_merge(merge.pk, by=None)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.user_id, gone.user_id) == users


def test_undo_says_what_has_changed_since_and_leaves_it(two):
    kept, gone = two
    merge = merged(two, note="gone")
    elsewhere = someone("赵敏")
    kept.projects.update(holder=elsewhere)
    kept.refresh_from_db()
    kept.note = "newer"
    kept.save()

    assert len(plan_undo(Merge.objects.get(pk=merge.pk)).changed) == 2
    assert undo_merge(merge.pk, by=None) == ["Note was edited", "Projects: 1 went elsewhere"]

    kept.refresh_from_db()
    assert kept.note == "newer"
    assert elsewhere.projects.count() == 1
    assert gone.registrations.count() == 1


def test_both_registered_at_one_edition_is_refused_with_the_way_out():
    edition = make.edition()
    kept, gone = someone("王建国"), someone("", "Wang Jianguo")
    make.registration(person=kept, edition=edition)
    second = make.registration(person=gone, edition=edition)

    [clash] = plan_merge(kept, gone).clashes
    assert "cancel one of the registrations" in clash.way_out
    assert second in clash.rows
    with pytest.raises(ValidationError, match="cancel one"):
        merge_people(kept=kept.pk, gone=gone.pk, by=None)

    Registration.objects.filter(pk=second.pk).update(status="cancelled")
    merge_people(kept=kept.pk, gone=gone.pk, by=None)
    assert kept.registrations.count() == 2


def test_an_ended_invitation_stays_where_the_other_goes_on():
    edition = make.edition()
    kept, gone = someone("王建国"), someone("", "Wang Jianguo")
    make.invitation(person=kept, edition=edition, status="sent")
    ended = make.invitation(person=gone, edition=edition, status="withdrawn")

    assert plan_merge(kept, gone).stays == [ended]
    merge_people(kept=kept.pk, gone=gone.pk, by=None)

    assert gone.invitations.get() == ended


def test_both_invited_to_one_edition_is_refused():
    edition = make.edition()
    kept, gone = someone("王建国"), someone("", "Wang Jianguo")
    for person in [kept, gone]:
        make.invitation(person=person, edition=edition, status="sent")

    with pytest.raises(ValidationError, match="withdraw one of the invitations"):
        merge_people(kept=kept.pk, gone=gone.pk, by=None)
    assert Invitation.objects.filter(person=gone).count() == 1


def test_nobody_becomes_their_own_deputy():
    kept, gone = someone("王建国"), someone("", "Wang Jianguo")
    make.invitation(person=kept, deputy=gone, status="deputy")

    with pytest.raises(ValidationError, match="deputy"):
        merge_people(kept=kept.pk, gone=gone.pk, by=None)


def test_a_record_is_merged_once_and_undone_once(two):
    kept, _gone = two
    merge = merged(two)

    with pytest.raises(ValidationError, match="merged already"):
        merged(two)
    with pytest.raises(ValidationError, match="Choose two"):
        merge_people(kept=kept.pk, gone=kept.pk, by=None)
    undo_merge(merge.pk, by=None)
    with pytest.raises(ValidationError, match="undone already"):
        undo_merge(merge.pk, by=None)


def test_a_merge_into_what_was_merged_since_is_undone_in_order(two):
    kept, _gone = two
    merge = merged(two)
    last = someone("王建国")
    merge_people(kept=last.pk, gone=kept.pk, by=None)

    with pytest.raises(ValidationError, match="undo that first"):
        undo_merge(merge.pk, by=None)


def test_an_error_half_way_leaves_nothing(two, monkeypatch):
    before = everything()

    def fail(*args):
        raise RuntimeError("half-way")

    monkeypatch.setattr("attendees.services.merging.take_fields", fail)
    with pytest.raises(RuntimeError):
        merge_people(kept=two[0].pk, gone=two[1].pk, by=None)

    assert everything() == before
