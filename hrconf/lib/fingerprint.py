"""What tells one build of the program from another: a hash of what makes its pages."""

import hashlib
from functools import cache

from django.conf import settings

MAKES_PAGES = ["events/**/*.py", "templates/**/*.html", "static/**/*.[cj]s*", "locale/**/*.mo"]


@cache
def build_fingerprint() -> str:
    """The same in every process and on every machine of one build.

    It belongs into the ETag of a page, or a browser would keep a page whose style
    sheets are gone after an update.
    """
    digest = hashlib.sha256(settings.BASE_URL.encode())
    for pattern in MAKES_PAGES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
