"""Audiences: which people fit the filters, and what the filters read like."""

import pytest
from django.utils import timezone, translation

from attendees.audiences import in_words, people_of, source_choices
from tests import make
from tests.attendees import make_campaigns, make_forms

pytestmark = pytest.mark.django_db


def found(source: str, edition, **filters) -> set[int]:
    audience = make_campaigns.audience(edition=edition, source=source, filters=filters)
    return set(people_of(audience).values_list("pk", flat=True))


def test_invitations_are_chosen_by_each_of_their_filters():
    edition = make.edition()
    wanted = make.invitation(
        edition=edition,
        status="accepted",
        association=make.association(),
        delegation=make.delegation(edition=edition),
        person=make.person(country="US", preferred_language="zh-hans"),
    )
    make.registration(
        edition=edition, person=wanted.person, invitation=wanted, arrived_at=timezone.now()
    )
    make.invitation(edition=edition, kind="press", status="sent")
    make.invitation(status="accepted")  # of another edition
    filters = {
        "status": ["accepted", "declined"],
        "category": [str(wanted.category_id)],
        "association": [str(wanted.association_id)],
        "delegation": [str(wanted.delegation_id)],
        "country": ["US"],
        "language": ["zh-hans"],
        "arrived": ["yes"],
    }

    for key, values in filters.items():
        assert found("invitations", edition, **{key: values}) == {wanted.person_id}, key
    assert found("invitations", edition, **filters) == {wanted.person_id}
    assert len(found("invitations", edition)) == 2
    assert len(found("invitations", edition, arrived=["yes", "no"])) == 2
    assert wanted.person_id not in found("invitations", edition, arrived=["no"])


def test_registrations_are_chosen_by_what_they_answered():
    form = make_forms.form(slug="contains")  # no lookup of the database hides in a name
    make_forms.question(form, "diet", "choice", choices=["halal", "vegan"])
    make_forms.question(form, "days", "choices", choices=["one", "two"])
    one, other, silent = (make.registration(edition=form.edition) for _ in range(3))
    one.answers = {"contains": {"diet": "halal", "days": ["one", "two"]}}
    other.answers = {"contains": {"diet": "vegan"}}
    one.save()
    other.save()

    def answered(*values: str) -> set[int]:
        return found("registrations", form.edition, answer=list(values))

    assert answered("contains.diet") == {one.person_id, other.person_id}
    assert answered("!contains.diet") == {silent.person_id}
    assert answered("contains.diet=halal") == {one.person_id}
    assert answered("contains.days=two") == {one.person_id}
    assert answered("contains.diet=vegan", "!contains.diet") == {other.person_id, silent.person_id}


def test_people_of_an_edition_are_there_once():
    edition = make.edition()
    invitation = make.invitation(edition=edition)
    make.registration(edition=edition, person=invitation.person, invitation=invitation)
    other = make.registration(edition=edition)
    make.person()

    assert found("people", edition) == {invitation.person_id, other.person_id}


@pytest.mark.parametrize("source", ["invitations", "gone"])
def test_filter_or_source_that_nobody_knows_fits_nobody(source):
    edition = make.edition()
    make.invitation(edition=edition)

    assert found(source, edition, shoe_size=["43"]) == set()


def test_filters_read_in_words_of_the_reader():
    edition = make.edition()
    make.invitation(edition=edition, person=make.person(country="CA"))
    filters = {"status": ["sent", "opened"], "country": ["CA"]}
    audience = make_campaigns.audience(edition=edition, filters=filters)

    assert in_words(audience) == [
        ("Status", ["Sent", "Opened"]),
        ("Country or region", ["Canada"]),
    ]
    with translation.override("zh-hans"):
        assert in_words(audience)[1] == ("国家或地区", ["加拿大"])


def test_upper_storeys_may_add_sources(monkeypatch):
    from attendees import audiences
    from attendees.models import Association

    monkeypatch.setattr(audiences, "_sources", dict(audiences._sources))
    edition, person = make.edition(), make.person()
    source = audiences.Source(
        "leaders",
        "Leaders",
        rows=lambda edition: edition.delegations.all(),
        person="leader",
        filters=[audiences._of("association", "Association", Association, of_edition=False)],
    )
    audiences.register(source)
    make.delegation(edition=edition, leader=person)

    assert ("leaders", "Leaders") in source_choices()
    assert found("leaders", edition) == {person.pk}
