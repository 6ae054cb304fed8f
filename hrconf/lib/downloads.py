"""Files that are saved, never opened in our name, and kept by no cache."""

from typing import IO, Any

from django.http import FileResponse


def download(file: IO[bytes] | Any, name: str, content_type: str) -> FileResponse:
    """A file as an attachment; the response closes it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
