"""The guide's pages and papers: who is aboard, who is missing, what is printed."""

from io import BytesIO

import pytest
from time_machine import travel

from attendees.models import Boarding
from attendees.services.buses import choose_bus
from hrconf.accounts.roles import Role
from hrconf.lib.sheets import read_rows
from tests import make
from tests.attendees import make_seats
from tests.lib.test_pdf import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def bus():
    visit = make_seats.visit(stops=2)
    for stop in visit.stops.all():
        park = stop.park
        park.strengths_en, park.strengths_zh_hans = "Chips and lasers", "芯片与激光"
        park.save()
    made = make_seats.bus(
        visit,
        name="7",
        plate="浙A·12345",
        guide_name="沈佳怡",
        guide_phone="+86 571 5550 1100",
        meeting_point_en="East Gate",
        meeting_point_zh_hans="东门",
    )
    names = [("王小明", "Wang Xiaoming"), ("𠮷田", "Yoshida Ken"), ("", "Ana Ćosić")]
    for native, latin in names:
        person = make.person(name_native=native, name_latin=latin, organization="ACME <Lab>")
        choose_bus(make_seats.seat(visit, make_seats.guest(visit, person=person)).pk, made.pk)
    return made


@pytest.fixture
def guide(client):
    client.force_login(make.staff())
    return client


def path(bus, language="en", more="") -> str:
    return f"/{language}/{bus.session.edition.slug}/boarding/{bus.pk}/{more}"


def printed_in(response) -> str:
    """The text of a PDF without its spaces: some stand between scripts for looks alone."""
    return "".join(text_of(b"".join(response.streaming_content)).split())


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_guide_ticks_and_unticks(guide, bus):
    seat = bus.taken.first()

    page = words(guide.post(path(bus), {"tick": seat.pk}, follow=True))
    assert "<strong>1</strong> of 3 aboard" in page
    assert "2 are missing" in page

    guide.post(path(bus), {"tick": seat.pk})
    assert Boarding.objects.count() == 1
    guide.post(path(bus), {"untick": seat.pk})
    assert not Boarding.objects.exists()


def test_each_stop_has_a_count_of_its_own(guide, bus):
    stop = bus.session.stops.first()
    guide.post(path(bus), {"rest": "1"})

    guide.post(f"{path(bus)}?stop={stop.pk}", {"tick": bus.taken.first().pk})

    assert "Everybody is here" in words(guide.get(path(bus)))
    assert "<strong>1</strong> of 3 aboard" in words(guide.get(f"{path(bus)}?stop={stop.pk}"))


@pytest.mark.parametrize("stop", ["0", "x", "9" * 30])
def test_stop_that_is_not_of_the_route_is_404(guide, bus, stop):
    assert guide.get(f"{path(bus)}?stop={stop}").status_code == 404


def test_stop_and_bus_of_others_are_404(guide, bus):
    elsewhere = make_seats.visit()
    other = elsewhere.stops.first()

    assert guide.get(f"{path(bus)}?stop={other.pk}").status_code == 404
    wrong = path(make_seats.bus(elsewhere)).replace(
        elsewhere.edition.slug, bus.session.edition.slug
    )
    assert guide.get(wrong).status_code == 404


def test_guest_of_another_bus_is_refused_in_words(guide, bus):
    other = make_seats.bus(bus.session)
    seat = bus.taken.first()
    choose_bus(seat.pk, other.pk)

    response = guide.post(path(bus), {"tick": seat.pk})

    assert response.status_code == 422
    assert "not on the list of this bus" in words(response)


def test_who_only_reads_sees_the_list_and_ticks_nothing(client, bus):
    client.force_login(make.office(Role.READ_ONLY))

    assert "Wang Xiaoming" in words(client.get(path(bus)))
    assert (
        "<button" not in words(client.get(path(bus))).split('class="riders"')[1].split("</ol>")[0]
    )
    assert client.post(path(bus), {"tick": bus.taken.first().pk}).status_code == 403


def test_buses_of_the_edition_are_listed_by_day(guide, bus):
    page = words(guide.get(f"/en/{bus.session.edition.slug}/boarding/"))

    assert path(bus) in page
    assert "3 of 10" in page
    assert "Wednesday, 8 November 2017" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_boarding_list_is_printed_with_names_in_every_script(guide, bus, language):
    response = guide.get(path(bus, language, "list.pdf"))

    printed = printed_in(response)
    for shown in ["王小明", "Wang Xiaoming", "𠮷田", "Ana Ćosić", "ACME <Lab>", "浙A·12345"]:
        assert shown.replace(" ", "") in printed
    assert ("登车名单" if language == "zh-hans" else "Boardinglist") in printed


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_briefing_sheet_tells_route_parks_buses_and_guests(guide, bus, language):
    address = f"/{language}/{bus.session.edition.slug}/boarding/visits/{bus.session.code}"

    response = guide.get(f"{address}/briefing.pdf")

    printed = printed_in(response)
    for shown in ["09:30–10:00", "10:30–11:00", "Ms Chen", "浙A·12345", "沈佳怡", "王小明"]:
        assert shown.replace(" ", "") in printed
    in_language = {"en": ["Chips and lasers", "East Gate"], "zh-hans": ["芯片与激光", "东门"]}
    for shown in in_language[language]:
        assert shown.replace(" ", "") in printed


def test_character_that_no_font_has_keeps_no_list_from_being_printed(guide, bus):
    person = bus.taken.first().registration.person
    person.name_native, person.name_latin = "\U0001f600王", ""
    person.save()

    response = guide.get(path(bus, more="list.pdf"))

    assert "□王" in printed_in(response)


def test_spreadsheet_has_everybody_and_what_was_ticked(guide, bus):
    seat = bus.taken.get(registration__person__name_native="王小明")
    guide.post(path(bus), {"tick": seat.pk})

    response = guide.get(path(bus, more="list.xlsx"))

    rows = read_rows(BytesIO(b"".join(response.streaming_content)), None).rows
    (row,) = [row for row in rows if "王小明" in row]
    assert len(rows) == 4
    assert row[-3:] == ["✓", "", ""]


def test_name_in_a_script_that_no_font_has_leaves_the_other(guide, bus):
    person = bus.taken.first().registration.person
    person.name_native, person.name_latin = "דוד פרידמן", "David Friedman"
    person.save()

    printed = printed_in(guide.get(path(bus, more="list.pdf")))

    assert "DavidFriedman" in printed
    assert "□" not in printed
