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


def test_no_paper_leaves_a_placeholder():
    papers = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]

    assert [paper.name for paper in papers if "@@" in paper.read_text()] == []


def test_deployed_web_server_is_the_one_of_the_demo():
    unit = re.search(r"ExecStart=\S+/bin/gunicorn (.+)", (ROOT / "docs/deploy.md").read_text())
    demo = re.search(r"gunicorn (.+)", (ROOT / "Procfile").read_text())
    own = ("--preload", "--bind", "--graceful-timeout")

    deployed, shown = (
        {word for word in found[1].split() if not word.startswith(own)} for found in (unit, demo)
    )

    assert deployed == shown
