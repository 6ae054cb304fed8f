"""The tags and filters of the design system."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from hrconf.accounts.templatetags import look
from hrconf.lib.magnitude import amount, grouped


class Filters(forms.Form):
    q = forms.CharField(label="Search", required=False)
    sector = forms.MultipleChoiceField(
        label="Sector", choices=[("Health", [("bio", "Biomedicine")]), ("it", "Information")]
    )
    cancelled = forms.BooleanField(label="Cancelled too", required=False)


def context_for(address: str) -> Context:
    return Context({"request": RequestFactory().get(address)})


def row(label: str, value: int) -> SimpleNamespace:
    return SimpleNamespace(label=label, value=value)


@pytest.mark.parametrize(
    ("language", "value", "currency", "said"),
    [
        ("en", Decimal("2930000000"), "CNY", "2.93 billion yuan"),
        ("en", Decimal("442100000"), "USD", "442.1 million US dollars"),
        ("en", 1536, "", "1,536"),
        ("en", Decimal("999999.5"), "CNY", "999,999.50 yuan"),
        ("en", Decimal("1000000000"), "XTS", "1 billion XTS"),
        ("zh-hans", Decimal("2930000000"), "XTS", "29.3亿XTS"),
        ("zh-hans", Decimal("64000000"), "XTS", "6,400万XTS"),
    ],
)
def test_amount_is_said_as_people_say_it(language, value, currency, said):
    with translation.override(language):
        assert str(amount(value, currency)) == said


def test_amount_keeps_the_exact_value_beside_the_rounded_one():
    assert amount(Decimal("2930000000.01"), "CNY").exact == "CNY 2,930,000,000.01"


def test_grouped_writes_a_true_minus():
    assert grouped(Decimal("-12345.6"), 2) == "−12,345.60"


def test_bars_are_as_long_as_their_values_and_fold_after_the_limit():
    chart = look.bars([row("a", 50), row("b", 25), row("c", 15), row("d", 10)], limit=2)

    assert [(bar.label, bar.width, bar.share) for bar in chart.shown] == [
        ("a", "100.00%", Decimal("50.0")),
        ("b", "50.00%", Decimal("25.0")),
    ]
    assert [bar.label for bar in chart.rest] == ["c", "d"]
    assert chart.count == 4


def test_bars_of_nothing_draw_nothing():
    assert look.bars([]).count == 0
    assert look.bars([row("a", 0)]).shown[0].width == "0.00%"


def test_active_filters_name_each_value_and_the_address_without_it():
    context = context_for("/en/?q=laser&sector=bio&sector=it&cancelled=on&page=4&sort=name")

    chips = look.active_filters(context, Filters())

    assert [(chip.label, chip.value) for chip in chips] == [
        ("Search", "laser"),
        ("Sector", "Biomedicine"),
        ("Sector", "Information"),
        ("Cancelled too", ""),
    ]
    assert chips[1].url == "/en/?q=laser&sector=it&cancelled=on&sort=name"


def test_language_links_stay_on_the_page_with_its_query():
    with translation.override("en"):
        links = look.language_links(context_for("/en/2017/figures/?day=2"))

    assert [(link.code, link.url, link.is_current) for link in links] == [
        ("en", "/en/2017/figures/?day=2", True),
        ("zh-hans", "/zh-hans/2017/figures/?day=2", False),
    ]


def test_language_links_work_where_no_route_answers():
    with translation.override("en"):
        links = look.language_links(context_for("/en/no/such/page"))

    assert links[1].url == "/zh-hans/no/such/page"


@override_settings(BASE_URL="https://conference.example")
def test_language_links_are_absolute_from_base_url_alone():
    with translation.override("en"):
        links = look.language_links(context_for("/en/2017/figures/"))

    assert links[0].absolute_url == "https://conference.example/en/2017/figures/"


def test_nav_link_marks_where_one_is_and_escapes_the_label():
    context = context_for("/en/2017/schedule/day-1/")

    assert 'aria-current="page"' in look.nav_link(context, "/en/2017/schedule/", "Programme")
    assert "aria-current" not in look.nav_link(context, "/en/2017/", "Overview", exact=True)
    assert "&lt;b&gt;" in look.nav_link(context, "/x/", "<b>")
    assert look.nav_link(context, "", "Not built yet") == ""


def test_pager_keeps_the_filters_in_the_address():
    page = Paginator(range(500), 20).page(9)
    request = RequestFactory().get("/en/?q=a%26b&page=9")

    html = render_to_string("components/pager.html", {"page_obj": page}, request)

    assert 'href="?q=a%26b&amp;page=10"' in html
    assert "161–180 of 500" in html
    assert (
        render_to_string("components/pager.html", {"page_obj": Paginator([], 20).page(1)}).strip()
        == ""
    )


def test_status_badge_says_the_state_in_words_for_every_tone():
    for status, tone in [("signed", "good"), ("pending", "warn"), ("unheard_of", "quiet")]:
        html = render_to_string(
            "components/status_badge.html", {"status": status, "label": "Words"}
        )

        assert f"tone-{tone}" in html
        assert "Words" in html


def test_notice_escapes_what_it_is_told():
    html = render_to_string("components/notice.html", {"text": "<script>", "tone": "error"})

    assert "&lt;script&gt;" in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("template", ["base.html", "404.html", "403.html", "500.html"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_frame_of_a_page_needs_no_session_user_or_database(template, language):
    """No database mark here: a query fails, and so does a look at the session."""
    request = RequestFactory().get(f"/{language}/2017/")  # has neither session nor user

    with translation.override(language):
        html = render_to_string(template, {}, request if template != "500.html" else None)

    assert "style=" not in html
    assert "<script>" not in html
    assert "csrf" not in html


def test_grouped_filter_takes_decimals():
    shown = Template("{% load look %}{{ value|grouped:2 }} {{ nothing|grouped }}").render(
        Context({"value": Decimal("9750000.5"), "nothing": None})
    )

    assert shown == "9,750,000.50 "
