"""Small copies of the pictures that people send."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

WIDEST = (320, 320)
MOST_PIXELS = 60_000_000  # as many as are taken in


def small_picture(file: IO[bytes]) -> bytes | None:
    """A JPEG of at most 320 pixels, without what a camera wrote into it; None of a damaged file."""
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", WIDEST)
            small = ImageOps.exif_transpose(image)
            small.thumbnail(WIDEST)
            written = BytesIO()
            on_white(small).save(written, "JPEG", quality=82)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return written.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """The picture on white where it lets the ground through."""
    if image.mode not in {"RGBA", "LA", "P"}:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
