"""Files that people send: small enough, of a kind we take, and what they say they are."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from attendees.services.questions import ending

MEGABYTE = 2**20
MOST_MEGABYTES = 10
MOST_PIXELS = 60_000_000
# What a file begins with, by the ending that it may have.
BEGINNINGS = {
    ".pdf": [b"%PDF-"],
    ".docx": [b"PK\x03\x04"],
    ".xlsx": [b"PK\x03\x04"],
    ".pptx": [b"PK\x03\x04"],
    ".jpg": [b"\xff\xd8\xff"],
    ".jpeg": [b"\xff\xd8\xff"],
    ".png": [b"\x89PNG\r\n\x1a\n"],
}


class AnswerFileField(forms.FileField):
    """A PDF, an office document or a picture, of at most so many megabytes."""

    endings = list(BEGINNINGS)
    default_error_messages = {
        "ending": gettext_lazy("Send one of these: %(endings)s."),
        "content": gettext_lazy("The file is damaged or not what its name says."),
        "size": gettext_lazy("The file has %(has)s MB; it may have %(may)s MB."),
    }

    def __init__(self, *, most_megabytes: int | None = None, **options) -> None:
        super().__init__(max_length=200, **options)
        self.most_megabytes = most_megabytes or MOST_MEGABYTES
        self.widget.attrs["accept"] = ",".join(self.endings)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file is not initial:
            self.check(file)
        return file

    def check(self, file: UploadedFile) -> None:
        """Refuse what is too large, of another kind, or not what it says it is."""
        if (file.size or 0) > self.most_megabytes * MEGABYTE:
            has = f"{(file.size or 0) / MEGABYTE:.1f}"
            self.refuse("size", {"has": has, "may": self.most_megabytes})
        if ending(file.name) not in self.endings:
            self.refuse("ending", {"endings": ", ".join(e[1:].upper() for e in self.endings)})
        file.seek(0)
        start = file.read(16)
        file.seek(0)
        if not any(start.startswith(begin) for begin in BEGINNINGS[ending(file.name)]):
            self.refuse("content")

    def refuse(self, code: str, params: dict | None = None) -> None:
        raise ValidationError(self.error_messages[code], code=code, params=params)


class PictureField(AnswerFileField):
    """A photograph as JPEG or PNG that can be opened."""

    endings = [".jpg", ".jpeg", ".png"]

    def check(self, file: UploadedFile) -> None:
        super().check(file)
        try:
            with Image.open(file, formats=["JPEG", "PNG"]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has too many pixels."), code="pixels")
                image.verify()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            self.refuse("content")
        file.seek(0)
