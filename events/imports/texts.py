"""Texts of other programs made plain: no markup, no hidden characters, no endless length."""

import html
import re
from collections.abc import Iterator

import lxml.html
from django.utils.translation import gettext as _

from events.imports.files import SessionIn

# Control characters, halves of characters, what Unicode calls none, marks that turn text
# around: as hrconf/lib/typed.py refuses them where people type.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
LONGEST = 50_000  # characters of an abstract
TAG = re.compile(
    r"</?(?:p|a|b|i|u|em|strong|br|hr|ul|ol|li|dl|dt|dd|h[1-6]|div|span|code|pre|blockquote"
    r"|table|tr|td|th|tbody|img|small|sub|sup)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
PARAGRAPHS = {"p", "div", "ul", "ol", "dl", "pre", "blockquote", "table", "hr"}
PARAGRAPHS |= {f"h{n}" for n in range(1, 7)}
LINES = {"li", "tr", "dt", "dd", "br"}
UNREAD = {"script", "style", "head", "title"}


def line(text: str | None, longest: int, session: SessionIn | None = None) -> str:
    """A text of one line, of at most `longest` characters."""
    plain = " ".join(visible(html_to_text(text or ""), session).split())
    return shortened(plain, longest, session)


def one_line(text: str | None, longest: int, session: SessionIn | None = None) -> str:
    """The same for what is no markup whatever it looks like, such as a title."""
    return shortened(" ".join(visible(text or "", session).split()), longest, session)


def prose(text: str | None, session: SessionIn | None = None, *, is_plain: bool = False) -> str:
    """A text of paragraphs; `is_plain` where its writer is known to write no markup."""
    plain = text or ""
    plain = tidied(visible(plain if is_plain else html_to_text(plain), session))
    return shortened(plain, LONGEST, session)


def html_to_text(text: str) -> str:
    """Paragraphs, lists and links of HTML as plain text; what is no HTML stays as it is."""
    if not TAG.search(text):
        return html.unescape(text) if ENTITY.search(text) else text
    tree = lxml.html.fragment_fromstring(printable(text), create_parent="div")
    return "".join(_pieces(tree))


def _pieces(node: lxml.html.HtmlElement, is_verbatim: bool = False) -> Iterator[str]:
    tag = node.tag if isinstance(node.tag, str) else "comment"
    if tag not in UNREAD and tag != "comment":
        verbatim = is_verbatim or tag == "pre"
        yield "\n\n" if tag in PARAGRAPHS else "\n" if tag in LINES else ""
        yield "• " if tag == "li" else ""
        yield _flowing(node.text, verbatim)
        for child in node:
            yield from _pieces(child, verbatim)
        yield _address(node) if tag == "a" else ""
        yield "\n\n" if tag in PARAGRAPHS else ""
    yield _flowing(node.tail, is_verbatim)


def _flowing(text: str | None, is_verbatim: bool) -> str:
    """In HTML the end of a line is a space."""
    return (text or "") if is_verbatim else re.sub(r"[ \t\r\n]+", " ", text or "")


def _address(node: lxml.html.HtmlElement) -> str:
    """Where a link leads, unless it says so itself."""
    url = (node.get("href") or "").strip()
    said = node.text_content().strip()
    is_known = url in {said, f"mailto:{said}"} or url.rstrip("/") == said.rstrip("/")
    return f" ({url})" if url.startswith(("http://", "https://")) and not is_known else ""


def tidied(text: str) -> str:
    """No space at the end of a line, no two empty lines, none around."""
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    joined = "\n".join(re.sub(r"^ (?! )", "", one.rstrip()) for one in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def visible(text: str, session: SessionIn | None = None) -> str:
    """Without characters that nobody sees; the entry is told."""
    if not HIDDEN.search(text):
        return text
    if session:
        session.notes.append(_("hidden characters are left out"))
    return printable(text)


def printable(text: str) -> str:
    """Without what XML, HTML and PostgreSQL cannot hold, and what turns text around."""
    return HIDDEN.sub(lambda found: " " if found[0] in "\x0b\x0c\x85" else "", text)


def shortened(text: str, longest: int, session: SessionIn | None = None) -> str:
    if len(text) <= longest:
        return text
    if session:
        session.notes.append(_("a text is cut at %(count)s characters") % {"count": longest})
    return text[: longest - 1].rstrip() + "…"
