from pathlib import Path

import pypdfium2
import pytest

from hrconf.lib.pdf import PdfError, font_folders, render_pdf

SHOW = """
#let data = json(bytes(sys.inputs.data))
#set text(font: ("Noto Sans", "Noto Sans SC", "Noto Sans KR"))
#data.name
"""
HOSTILE = '#eval("1+1") *bold* $x^2$ [x] @ref <label> \\ #include "/etc/passwd"'


@pytest.fixture
def template(tmp_path):
    def write(text):
        path = tmp_path / "page.typ"
        path.write_text(text)
        return path

    return write


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_text_is_never_markup(template):
    assert HOSTILE in text_of(render_pdf(template(SHOW), {"name": HOSTILE})).replace("\r\n", " ")


def test_chinese_and_korean_are_set_in_our_fonts(template):
    pdf = render_pdf(template(SHOW), {"name": "杭州国际人才 한국어 Đặng"})

    assert "杭州国际人才 한국어 Đặng" in text_of(pdf)
    for font in (b"NotoSansSC", b"NotoSansKR", b"NotoSans-"):
        assert font in pdf


def test_a_template_reads_nothing_outside_its_folder(template, tmp_path_factory):
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("secret")

    for path in (f"../{secret.parent.name}/secret.txt", str(secret), "/../../etc/hostname"):
        with pytest.raises(PdfError):
            render_pdf(template(f'#read("{path}")'), {})


def test_a_template_fetches_no_package(template):
    with pytest.raises(PdfError) as refusal:
        render_pdf(template('#import "@preview/cetz:0.3.4": *'), {})

    assert "package" in str(refusal.value.__cause__)


def test_an_endless_template_is_ended(template):
    endless = "#let f(n) = { let i = 0; while i < n { i = i + 1 } }\n" + "#f(99999)\n" * 3000
    with pytest.raises(PdfError):
        render_pdf(template(endless), {}, seconds=1)


def test_a_hungry_template_is_refused(template):
    with pytest.raises(PdfError):
        render_pdf(template('#let s = "ab" * 900000000\n#s.len()'), {}, megabytes=700)


def test_a_broken_template_keeps_its_reason_for_the_log(template):
    with pytest.raises(PdfError, match="could not be drawn") as refusal:
        render_pdf(template("#nonsense()"), {})

    assert "nonsense" in str(refusal.value.__cause__)


def test_the_fonts_are_there():
    assert all(list(Path(folder).glob("*.ttf")) for folder in font_folders())
