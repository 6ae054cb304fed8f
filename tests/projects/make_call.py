"""Makers of the call: files as people send them, papers of projects."""

import io
import zipfile
from datetime import timedelta
from itertools import count
from typing import Any

import pikepdf
from django.utils import timezone
from PIL import Image

from events.models import Edition
from projects.models import (
    Application,
    ApplicationRequest,
    Call,
    CallKind,
    ProjectCode,
    ProjectFile,
)
from projects.services.applications import Given, save_step, submit
from projects.services.applying import prove_request, request_application
from projects.services.codes import draw_codes
from projects.services.files import keep_file
from tests import make

numbers = count(1)


def pdf(author: str = "Chen Jing", pages: int = 1, **options: Any) -> bytes:
    """A PDF that says who wrote it, runs a script and carries a file."""
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page()
    made.docinfo["/Author"] = author
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [author]
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.attachments["secret.txt"] = b"attached"
    written = io.BytesIO()
    made.save(written, static_id=True, **options)
    return written.getvalue()


def pptx(author: str = "Chen Jing", **more: bytes) -> bytes:
    """The least that is a presentation; `more` are parts by their names."""
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "ppt/presentation.xml": b"<p:presentation/>",
        "docProps/core.xml": f"<dc:creator>{author}</dc:creator>".encode(),
        "ppt/commentAuthors.xml": f'<p:cmAuthor id="0" name="{author}" initials="CJ"/>'.encode(),
        **more,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def jpeg(size: tuple[int, int] = (40, 30), author: str = "Chen Jing") -> bytes:
    """A photograph with what a camera wrote beside it."""
    exif = Image.Exif()
    exif[0x013B] = author
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG", exif=exif)
    return written.getvalue()


def png(author: str = "Chen Jing") -> bytes:
    from PIL.PngImagePlugin import PngInfo

    written, text = io.BytesIO(), PngInfo()
    text.add_text("Author", author)
    Image.new("RGBA", (20, 20), "teal").save(written, "PNG", pnginfo=text)
    return written.getvalue()


def file(*, kind: str = "deck", content: bytes | None = None, **fields: Any) -> ProjectFile:
    """A paper of a project; `fields` are the project's."""
    project = fields.pop("project", None) or make.project(**fields)
    return keep_file(project.pk, kind=kind, name="Pitch 2017.pdf", content=content or pdf())


# The call itself ----------------------------------------------------------------------------


def call(edition: Edition | None = None, **fields: Any) -> Call:
    """A call that is open; `fields` overrules."""
    now = timezone.now()
    fields = {
        "name_en": "Call for projects",
        "name_zh_hans": "项目征集",
        "opens_at": now - timedelta(days=30),
        "closes_at": now + timedelta(days=30),
        **fields,
    }
    return Call.objects.create(edition=edition or make.edition(), **fields)


def kind(call_: Call | None = None, **fields: Any) -> CallKind:
    fields = {
        "slug": f"kind-{next(numbers)}",
        "name_en": "Startup team",
        "name_zh_hans": "创业团队",
        "needs_deck": False,
        **fields,
    }
    return CallKind.objects.create(call=call_ or call(), **fields)


def code(call_: Call | None = None, **fields: Any) -> ProjectCode:
    (drawn,) = draw_codes(call_ or call(), ["Association of Shenzhen"], **fields)
    return drawn


def details(**fields: Any) -> dict[str, Any]:
    """What somebody types who begins an application."""
    sector = fields.pop("sector", None) or make.sector()
    return {
        "title": "A quantum link over West Lake",
        "sector_id": sector.pk,
        "name_native": "陈静",
        "name_latin": "Chen Jing",
        "email": f"chen.jing{next(numbers)}@guests.example",
        "organization": "",
        "country": "CN",
        **fields,
    }


def request(kind_: CallKind | None = None, **fields: Any) -> ApplicationRequest:
    code, language = fields.pop("code", None), fields.pop("language", "en")
    kind_ = kind_ or kind()
    given = details(**fields)
    request_application(kind_, given, code=code, language=language)
    return ApplicationRequest.objects.filter(kind=kind_, email=given["email"]).latest("pk")


def application(kind_: CallKind | None = None, **fields: Any) -> Application:
    """One that is begun, with nothing but its title."""
    return prove_request(request(kind_, **fields).pk)


FACTS = {
    "title_en": "A quantum link over West Lake",
    "summary_en": "Keys that nobody copies.",
    "country": "CN",
    "stage": "pilot",
    "currency": "CNY",
}


def ready(kind_: CallKind | None = None, **fields: Any) -> Application:
    """One that lacks nothing."""
    row = application(kind_, **fields)
    return save_step(row.pk, Given("project", valid=FACTS), edits=None)


def sent(kind_: CallKind | None = None, **fields: Any) -> Application:
    row = ready(kind_, **fields)
    submit(row.pk)
    row.refresh_from_db()
    row.project.refresh_from_db()
    return row
