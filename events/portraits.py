"""Portraits of speakers: cut square, named by what they show, handed out for good."""

import hashlib
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from hrconf.lib.pictures import square_picture

SIDE = 480  # pixels
MOST_BYTES = 15 * 1024 * 1024


def portrait_of(file: IO[bytes], size: int) -> ContentFile:
    """What is kept of an uploaded picture; refuses what is none, or too large.

    The name is made of the content: a release that names it shows the same for ever.
    """
    if size > MOST_BYTES:
        text = _("The picture is too large: at most %(most)s MB.")
        raise ValidationError(text % {"most": MOST_BYTES // 1024 // 1024}, code="too_large")
    content = square_picture(file, SIDE)
    if content is None:
        text = _("This picture cannot be read. Please send a JPEG or PNG file.")
        raise ValidationError(text, code="damaged")
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:32]}.jpg")
