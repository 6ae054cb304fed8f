"""Papers that projects send: what is taken, read by content and made anew without traces.

Bytes in, clean bytes out; no database. A PDF loses who wrote it, scripts and what is
attached to it; a presentation loses its properties and is refused with macros; a picture
is encoded anew. The time and memory this costs is bounded by size, pages and pixels.
"""

import io
import re
import zipfile
from dataclasses import dataclass

import pikepdf
from django.utils.translation import gettext as _

from hrconf.lib.errors import DomainError
from hrconf.lib.pictures import clean_picture

MEGABYTE = 2**20
MOST_PAGES = 300
MOST_PARTS = 5000  # files in a presentation
MOST_UNPACKED = 300 * MEGABYTE
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
JPEG, PNG = "image/jpeg", "image/png"
ENDINGS = {PDF: ".pdf", PPTX: ".pptx", JPEG: ".jpg", PNG: ".png"}
# By what a file begins with.
BEGINNINGS = {b"%PDF-": PDF, b"PK\x03\x04": PPTX, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
TAKEN = {"deck": [PDF, PPTX], "certificate": [PDF, JPEG, PNG]}


@dataclass(frozen=True)
class Paper:
    """A file as it is kept."""

    content: bytes
    content_type: str

    @property
    def ending(self) -> str:
        return ENDINGS[self.content_type]


def endings_of(kind: str) -> list[str]:
    """What the names of such files end with, for the page that asks for them."""
    return [
        end for one in TAKEN[kind] for end in ([".jpg", ".jpeg"] if one == JPEG else [ENDINGS[one]])
    ]


def clean_paper(content: bytes, kind: str) -> Paper:
    """The file without what tells on who wrote it. Refuses what is not taken, or damaged."""
    found = next((kept for start, kept in BEGINNINGS.items() if content.startswith(start)), None)
    if found not in TAKEN[kind]:
        names = ", ".join(ENDINGS[one][1:].upper() for one in TAKEN[kind])
        raise DomainError(_("Send one of these: %(endings)s.") % {"endings": names}, code="ending")
    return Paper(CLEANERS[found](content), found)


def damaged() -> DomainError:
    return DomainError(_("The file is damaged or not what its name says."), code="content")


# PDF --------------------------------------------------------------------------------------


def clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                text = _("The file has %(has)s pages; it may have %(may)s.")
                raise DomainError(text % {"has": len(pdf.pages), "may": MOST_PAGES}, code="pages")
            return _without_traces(pdf)
    except pikepdf.PasswordError:
        text = _("The file is locked by a password. Please send it without one.")
        raise DomainError(text, code="password") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise damaged() from None


def _without_traces(pdf: pikepdf.Pdf) -> bytes:
    """Without authors, dates and history; without scripts, actions and attached files."""
    for name in ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/Collection"):
        if name in pdf.Root:
            del pdf.Root[name]
    for name in ("/JavaScript", "/EmbeddedFiles"):
        if "/Names" in pdf.Root and name in pdf.Root.Names:
            del pdf.Root.Names[name]
    for page in pdf.pages:
        for name in ("/AA", "/PieceInfo", "/Metadata"):
            if name in page.obj:
                del page.obj[name]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


# A presentation ---------------------------------------------------------------------------

# What a presentation says of its writers; each part keeps its place, empty.
CORE = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"""
APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""
CUSTOM = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"""
EMPTIED = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}
AUTHORS = {"ppt/commentAuthors.xml", "ppt/authors.xml"}
NAMED = re.compile(rb'\b(name|initials|userId|providerId)="[^"]*"')
EPOCH = (1980, 1, 1, 0, 0, 0)


def clean_pptx(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(packed)
            return _packed_anew(packed)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError):
        raise damaged() from None
    except (EOFError, OSError, RuntimeError, ValueError):  # cut off, or locked
        raise damaged() from None


def _check_parts(packed: zipfile.ZipFile) -> None:
    """Refuse what is no presentation, what unpacks too large, and macros."""
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
        raise damaged()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DomainError(_("The file is too large once it is unpacked."), code="unpacked")
    if any(
        name.lower().endswith((".bin", ".exe", ".vbs")) and "vba" in name.lower() for name in names
    ):
        text = _("The presentation has macros. Please save it without them, or as a PDF.")
        raise DomainError(text, code="macros")


def _packed_anew(packed: zipfile.ZipFile) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for part in packed.infolist():
            if part.is_dir():
                continue
            kept = zipfile.ZipInfo(part.filename, EPOCH)
            kept.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(kept, _part(packed, part))
    return written.getvalue()


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.filename in EMPTIED:
        return EMPTIED[part.filename]
    with packed.open(part) as opened:  # what a part says of its size is not believed
        content = opened.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise damaged()
    return NAMED.sub(rb'\1=""', content) if part.filename in AUTHORS else content


# A picture --------------------------------------------------------------------------------


def clean_image(content: bytes) -> bytes:
    cleaned = clean_picture(io.BytesIO(content))
    if cleaned is None:
        raise damaged()
    return cleaned


CLEANERS = {PDF: clean_pdf, PPTX: clean_pptx, JPEG: clean_image, PNG: clean_image}
