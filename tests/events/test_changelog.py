"""What the public reads of releases: the changelog, its feed, an earlier programme."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation

from events.models import Booking, Release, Session
from events.services.releases import Words, release_schedule
from tests import make
from tests.events.make_programmes import conference

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition():
    """Two releases: the second moves the forum and adds a talk."""
    made = conference()
    forum = made.sessions.get(code="life-forum")
    later = make.booking(starts_at=make.OPENING + timedelta(days=1, hours=5)).during
    Booking.objects.filter(pk=forum.booking_id).update(during=later)
    make.session(edition=made, code="fresh", title_en="Fresh talk", starts_at=make.OPENING)
    words = Words("Second", "第二次", "The forum moved & more", "论坛改期")
    release_schedule(made.pk, words)
    return made


def url(name, language="en", **kwargs) -> str:
    with translation.override(language):
        return reverse(f"events:{name}", kwargs={"edition": "2017", **kwargs})


def test_changelog_lists_releases_with_note_and_what_changed(client, edition):
    page = client.get(url("changes")).content.decode()

    assert page.index("Second") < page.index("First")
    assert "The forum moved &amp; more" in page
    assert "New: 1" in page
    assert "Moved in time: 1" in page


def test_changelog_is_in_the_readers_language(client, edition):
    page = client.get(url("changes", "zh-hans")).content.decode()

    assert "第二次" in page
    assert "论坛改期" in page


def test_news_of_a_release_show_the_old_time_and_the_new(client, edition):
    response = client.get(url("news", number=2))
    (talk, forum) = response.context["news"]

    assert talk.kinds == ("new",)
    assert forum.kinds == ("moved",)
    page = response.content.decode()
    assert "09:00" in page.partition("Biomedicine forum")[2]
    assert "14:00" in page.partition("Biomedicine forum")[2]


def test_earlier_programme_is_read_as_it_was_and_says_so(client, edition):
    response = client.get(url("release_day", number=1, day="all"))
    page = response.content.decode()

    assert "Fresh talk" not in page
    assert "no longer what holds" in page
    assert response["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page
    assert url("release_day", number=1, day="2017-11-09") in page


def test_session_that_is_gone_from_the_programme_has_no_link(client, edition):
    Session.objects.filter(code="fresh").update(status="draft")
    release_schedule(edition.pk)

    page = client.get(url("release_day", number=2, day="all")).content.decode()

    assert "Fresh talk" in page
    assert url("session", code="fresh") not in page
    assert url("session", code="life-forum") in page


def test_current_release_read_by_its_number_carries_no_warning(client, edition):
    assert "no longer what holds" not in client.get(url("release", number=2)).content.decode()


def test_unknown_releases_and_hidden_editions_are_not_found(client, edition):
    for number in (0, 3, 2**40):
        assert client.get(url("release", number=number)).status_code == 404
        assert client.get(url("news", number=number)).status_code == 404
    type(edition).objects.update(is_public=False)
    assert client.get(url("changes")).status_code == 404
    assert client.get(url("release", number=1)).status_code == 404


def test_atom_feed_names_each_release_once_and_for_ever(client, edition):
    response = client.get(url("changes_atom"))
    feed = ElementTree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["2 · Second", "1 · First"]
    assert [one.findtext(f"{ATOM}id").rpartition(",")[2] for one in entries] == [
        "2017:2017:release:2",
        "2017:2017:release:1",
    ]
    assert "The forum moved" in entries[0].findtext(f"{ATOM}summary")
    assert entries[0].find(f"{ATOM}link").get("href").endswith("/en/2017/schedule/changes/2/")
    again = client.get(url("changes_atom"), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_atom_feed_leaves_out_what_xml_forbids(client, edition):
    Release.objects.filter(number=2).update(note_en="Bell \x07 & <tag>")

    feed = ElementTree.fromstring(client.get(url("changes_atom")).content)

    assert "<tag>" not in feed.findtext(f"{ATOM}entry/{ATOM}summary")


def test_pages_of_releases_cost_the_same_however_many_there_are(
    client, edition, django_assert_max_num_queries
):
    for number in range(3, 9):
        Session.objects.filter(code="fresh").update(title_en=f"Fresh {number}")
        release_schedule(edition.pk)

    for name, kwargs in [
        ("changes", {}),
        ("changes_atom", {}),
        ("news", {"number": 5}),
        ("release", {"number": 4}),
    ]:
        with django_assert_max_num_queries(4):
            client.get(url(name, **kwargs))
