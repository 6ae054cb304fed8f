"""How the admin looks: the same colours and logo as the public pages.

`UNFOLD` holds the look alone; navigation and dashboard are the office's to add.
The jade scale passes through --jade of static/css/tokens.css. Unfold writes links in 600
by day and in 500 by night, and puts white on 600.
"""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

COLORS = {
    "base": {
        "50": "#faf8f3",
        "100": "#f2eee5",
        "200": "#e4ded2",
        "300": "#cfcabe",
        "400": "#97a09b",
        "500": "#5f6d6c",
        "600": "#47575a",
        "700": "#2f4142",
        "800": "#1d2c2d",
        "900": "#131f20",
        "950": "#0c1516",
    },
    "primary": {
        "50": "#eff6f3",
        "100": "#dcece7",
        "200": "#bcdcd4",
        "300": "#94c7bc",
        "400": "#6fb8aa",
        "500": "#4fa596",
        "600": "#126059",
        "700": "#0e5450",
        "800": "#0b4340",
        "900": "#083331",
        "950": "#052321",
    },
    "font": {
        "subtle-light": "var(--color-base-500)",
        "subtle-dark": "var(--color-base-400)",
        "default-light": "var(--color-base-700)",
        "default-dark": "var(--color-base-300)",
        "important-light": "#16262a",
        "important-dark": "#ebe8df",
    },
}


def mark(request: HttpRequest) -> str:
    """The mark on paper."""
    return static("img/mark.svg")


def mark_by_night(request: HttpRequest) -> str:
    return static("img/mark-dark.svg")


def favicon(request: HttpRequest) -> str:
    return static("img/favicon.svg")


def office_sheet(request: HttpRequest) -> str:
    """Our few rules on top of unfold: Chinese type, focus rings, tabular figures."""
    return static("css/office.css")


UNFOLD: dict = {
    "SITE_TITLE": _("Conference office"),
    "SITE_HEADER": _("Conference office"),
    "SITE_SUBHEADER": _("Talent exchange and cooperation"),
    "SITE_ICON": {"light": mark, "dark": mark_by_night},
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": favicon}],
    "COLORS": COLORS,
    "BORDER_RADIUS": "6px",
    "STYLES": [office_sheet],
    "SHOW_BACK_BUTTON": True,
}
