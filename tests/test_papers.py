"""The papers tell the truth: what docs/features.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def named_tests() -> list[tuple[str, str]]:
    text = (ROOT / "docs/features.md").read_text()
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


def test_every_feature_names_a_test_that_exists():
    missing = [
        f"{path}::{name}"
        for path, name in named_tests()
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text()
    ]

    assert len(named_tests()) > 20
    assert missing == []


def test_every_row_of_the_features_has_its_proof():
    rows = [
        line
        for line in (ROOT / "docs/features.md").read_text().splitlines()
        if line.startswith("| ") and not line.startswith(("| capability", "| ---"))
    ]

    assert [row for row in rows if "::" not in row] == []


def test_links_between_the_papers_lead_somewhere():
    papers = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{paper.name}: {target}"
        for paper in papers
        for target in re.findall(r"\]\(([^)#:]+)\)", paper.read_text())
        if not (paper.parent / target).exists()
    ]

    assert broken == []
