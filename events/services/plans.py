"""Plans of rooms: pictures that the office uploads, made anew before anybody sees them."""

import hashlib
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 60_000_000
WIDEST = (2000, 2000)
KINDS = ["JPEG", "PNG", "WEBP"]


def plan_file(file: IO[bytes]) -> ContentFile:
    """A WebP of at most 2000 pixels, named by its content, without what a camera wrote into it.

    Raises ValidationError of what is no picture.
    """
    try:
        with Image.open(file, formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels."))
            picture = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_("This is no picture, or a damaged one.")) from None
    picture.thumbnail(WIDEST)
    written = BytesIO()
    picture.save(written, "WEBP", quality=86)
    content = written.getvalue()
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:32]}.webp")
