"""What is taken of the papers that projects send, and what is left behind."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from hrconf.lib.errors import DomainError
from projects import papers
from projects.papers import clean_paper
from tests.projects import make_call

AUTHOR = b"Chen Jing"


def code_of_refusal(content: bytes, kind: str = "deck") -> str:
    with pytest.raises(DomainError) as refusal:
        clean_paper(content, kind)
    return refusal.value.code


def test_pdf_loses_author_scripts_and_attached_files():
    sent = make_call.pdf()

    kept = clean_paper(sent, "deck").content

    with pikepdf.open(io.BytesIO(sent)) as before, pikepdf.open(io.BytesIO(kept)) as after:
        assert str(before.docinfo["/Author"]) == "Chen Jing"
        assert "/Info" not in after.trailer
        assert "/Metadata" not in after.Root
        assert "/OpenAction" not in after.Root
        assert len(after.attachments) == 0
        assert len(after.pages) == 1
    assert AUTHOR not in kept


def test_presentation_loses_its_properties_and_authors_of_comments():
    kept = clean_paper(make_call.pptx(**{"ppt/slides/slide1.xml": b"<p:sld>slide</p:sld>"}), "deck")

    with zipfile.ZipFile(io.BytesIO(kept.content)) as packed:
        everything = {name: packed.read(name) for name in packed.namelist()}
    assert not any(AUTHOR in content for content in everything.values())
    assert everything["ppt/slides/slide1.xml"] == b"<p:sld>slide</p:sld>"
    assert kept.ending == ".pptx"


@pytest.mark.parametrize("make", [make_call.jpeg, make_call.png])
def test_picture_is_encoded_anew_without_what_was_written_beside_it(make):
    sent = make()
    assert AUTHOR in sent

    kept = clean_paper(sent, "certificate").content

    assert AUTHOR not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert "Author" not in picture.info


def test_what_is_appended_to_a_picture_does_not_come_along():
    kept = clean_paper(make_call.jpeg() + b"<script>alert(1)</script>", "certificate").content

    assert b"<script>" not in kept


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"MZ\x90\x00 an exe", "deck", "ending"),
        (b"<html><script>1</script>", "deck", "ending"),
        (make_call.jpeg(), "deck", "ending"),
        (make_call.pptx(), "certificate", "ending"),
        (b"%PDF-1.7 and nothing of one", "deck", "content"),
        (b"\xff\xd8\xff cut off", "certificate", "content"),
        (b"PK\x03\x04 cut off", "deck", "content"),
        (make_call.pptx()[:200], "deck", "content"),
        (make_call.pptx(**{"ppt/vbaProject.bin": b"macro"}), "deck", "macros"),
    ],
)
def test_what_is_not_taken_is_refused_by_its_content(content, kind, code):
    assert code_of_refusal(content, kind) == code


def test_archive_of_another_kind_is_no_presentation():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("word/document.xml", b"text")

    assert code_of_refusal(written.getvalue()) == "content"


def test_locked_pdf_is_refused_with_its_reason():
    locked = make_call.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))

    assert code_of_refusal(locked) == "password"


def test_presentation_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(papers, "MOST_UNPACKED", 10_000)

    assert code_of_refusal(make_call.pptx(**{"ppt/media/a.bin": b"0" * 20_000})) == "unpacked"


def test_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(papers, "MOST_PAGES", 2)

    assert code_of_refusal(make_call.pdf(pages=3)) == "pages"
