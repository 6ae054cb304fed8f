"""The programme on paper: a day sheet as a list, or as a grid where it has few rooms."""

import pypdfium2
import pytest

from events.models import Room
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)
A4 = (595, 842)


@pytest.fixture
def paper(page):
    """The sheets of an address: their sizes in points, and what stands on each."""

    def paper(path):
        page.goto(path)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        sizes = {tuple(map(round, sheet.get_size())) for sheet in document}
        return sizes, [sheet.get_textpage().get_text_range() for sheet in document]

    return paper


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_day_of_few_rooms_is_one_grid_on_a_sheet_on_its_side(paper, language):
    make_programmes.conference()

    sizes, [sheet] = paper(f"/{language}/2017/schedule/2017-11-09/")

    assert sizes == {(A4[1], A4[0])}
    # The Chinese font of the machine may leave no text behind, only its shapes.
    english = ["Thursday, 9 November 2017", "Main Hall", "Room B", "Cancelled"]
    told = ["09:00", "10:00", *(english if language == "en" else [])]
    assert [word for word in told if word not in sheet] == []


def test_day_of_many_rooms_is_a_list_on_upright_sheets(paper):
    make_programmes.conference(sessions=30)

    sizes, sheets = paper("/en/2017/schedule/2017-11-08/")

    assert sizes == {A4}
    assert len(sheets) <= 2
    assert all(f"Session {n}" in "".join(sheets) for n in range(30))
    assert Room.objects.count() > 30
    assert not any("Show" in sheet or "Feeds" in sheet for sheet in sheets)


def test_every_day_begins_on_a_sheet_of_its_own(paper):
    make_programmes.conference()

    _sizes, sheets = paper("/en/2017/schedule/all/?view=list")

    assert len(sheets) == 3
    assert "Biomedicine forum" in sheets[1]
    assert "Opening ceremony" not in sheets[1]
