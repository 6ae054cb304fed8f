"""Every pair of colours that meets on a page is legible: WCAG 2.2 AA, by day and by night."""

import re
from pathlib import Path

import pytest

from hrconf.lib.unfold_look import COLORS

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
TRIPLE = re.compile(r"--bs-([\w-]+)-rgb:\s*(\d+), (\d+), (\d+);")
GROUNDS = ["paper", "surface", "sunken"]
TONES = ["good", "note", "warn", "bad", "quiet"]
TEXT, LINE = 4.5, 3.0

TEXT_ON = [
    *[
        (ink, ground)
        for ink in ["ink", "ink-soft", "jade", "jade-deep", "seal"]
        for ground in GROUNDS
    ],
    *[(tone, ground) for tone in TONES for ground in [*GROUNDS, f"{tone}-soft"]],
    *[("ink", f"{tone}-soft") for tone in TONES],
    ("jade", "jade-soft"),
    ("jade-deep", "jade-soft"),
    ("seal", "seal-soft"),
    ("on-jade", "jade"),
    ("on-jade", "jade-deep"),
    ("on-seal", "seal"),
    ("on-seal", "bad"),
    ("night-ink", "night"),
    ("night-soft", "night"),
]
LINE_ON = [
    *[
        (line, ground)
        for line in ["rule-strong", "focus", "bar"]
        for ground in ["paper", "surface"]
    ],
    ("bar", "bar-soft"),
    *[(tone, f"{tone}-soft") for tone in TONES],
]
TRIPLES = {
    "body-color": "ink",
    "body-bg": "paper",
    "link-color": "jade",
    "link-hover-color": "jade-deep",
    "primary": "jade",
    "secondary": "ink-soft",
    "success": "good",
    "info": "note",
    "warning": "warn",
    "danger": "bad",
}


def css_of(theme: str) -> str:
    """The sheets in force: the dark one comes on top of the tokens."""
    names = ["tokens.css", "dark.css"] if theme == "dark" else ["tokens.css"]
    return "".join((CSS / name).read_text(encoding="utf-8") for name in names)


def colours(theme: str) -> dict[str, str]:
    return dict(HEX.findall(css_of(theme)))


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in rgb(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def too_faint(theme: str, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    found = colours(theme)
    ratios = {f"{ink} on {ground}": contrast(found[ink], found[ground]) for ink, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_contrast_is_the_one_of_wcag():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_legible_on_every_ground(theme):
    assert too_faint(theme, TEXT_ON, TEXT) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_that_mean_something_are_visible(theme):
    assert too_faint(theme, LINE_ON, LINE) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bootstrap_triples_say_the_same_as_the_tokens(theme):
    found = colours(theme)

    triples = {name: tuple(map(int, parts)) for name, *parts in TRIPLE.findall(css_of(theme))}

    assert triples == {name: rgb(found[token]) for name, token in TRIPLES.items()}


def test_dark_sheet_changes_every_colour_that_a_theme_has():
    shared = {"night-ink"}  # paper on the dark band is the same by day and by night

    by_night = set(HEX.findall((CSS / "dark.css").read_text(encoding="utf-8")))

    assert {name for name, _colour in by_night} == set(colours("light"))
    assert {name for name, colour in by_night if colours("light")[name] == colour} == shared


def test_office_is_legible_by_day_and_by_night():
    base, jade = COLORS["base"], COLORS["primary"]
    pairs = [
        *[(jade["600"], ground) for ground in ("#ffffff", base["50"], base["100"])],
        *[(base["500"], ground) for ground in ("#ffffff", base["50"])],
        *[(base["700"], ground) for ground in ("#ffffff", base["50"], base["100"])],
        *[(jade["500"], ground) for ground in (base["800"], base["900"])],
        *[(base[ink], base[ground]) for ink in ("300", "400") for ground in ("800", "900")],
        ("#ffffff", jade["600"]),
    ]

    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < TEXT} == {}
