"""Small copies of the pictures that people send: re-encoded, without what a camera wrote."""

from collections.abc import Callable
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

WIDEST = (320, 320)
MOST_PIXELS = 60_000_000  # as many as are taken in
FACE = (0.5, 0.35)  # where in an upright picture a face is, of its width and height


def small_picture(file: IO[bytes]) -> bytes | None:
    """A JPEG of at most 320 pixels, without what a camera wrote into it; None of a damaged file."""

    def shrink(image: Image.Image) -> Image.Image:
        image.thumbnail(WIDEST)
        return image

    return _redrawn(file, WIDEST, shrink)


def square_picture(file: IO[bytes], side: int) -> bytes | None:
    """A square JPEG of so many pixels, cut where a face is; None of a damaged file."""
    size = (side, side)
    return _redrawn(file, size, lambda image: ImageOps.fit(image, size, centering=FACE))


LARGEST = (4000, 4000)


def clean_picture(file: IO[bytes]) -> bytes | None:
    """The picture encoded anew as what it was, at most 4,000 pixels; None of a damaged file.

    What a camera or a program wrote beside the pixels does not come along.
    """
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            kind = image.format or "JPEG"
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail(LARGEST)
            return _without_info(upright, kind)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _without_info(image: Image.Image, kind: str) -> bytes:
    """Pixels only: text, profiles and places are left behind."""
    plain = on_white(image) if kind == "JPEG" else image.convert("RGBA")
    plain.info.clear()
    written = BytesIO()
    plain.save(written, kind, **({"quality": 88} if kind == "JPEG" else {"optimize": True}))
    return written.getvalue()


def _redrawn(
    file: IO[bytes], size: tuple[int, int], draw: Callable[[Image.Image], Image.Image]
) -> bytes | None:
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (2 * size[0], 2 * size[1]))
            upright = draw(on_white(ImageOps.exif_transpose(image)))
            upright.info.clear()
            written = BytesIO()
            upright.save(written, "JPEG", quality=82)
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
