"""A message as it was sent: its HTML apart from the office, its source, its files."""

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers, patch_cache_control

from hrconf.mailing.mime import as_mime
from hrconf.mailing.models import Attachment, Message

# The letter may carry its own style and nothing else: no script, no link out of
# the frame, no picture from elsewhere. Only our own page may frame it.
LETTER_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
FILE_POLICY = "sandbox; default-src 'none'"


def may_show(message: Message) -> bool:
    """Codes that open an account are nobody's to read but the addressee's."""
    return not message.is_secret or settings.DEMO or settings.DEBUG


def html_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    message = _readable(admin, request, pk)
    response = _private(HttpResponse(message.html), LETTER_POLICY)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def source_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    message = _readable(admin, request, pk)
    response = HttpResponse(as_mime(message).as_bytes(), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="{message.message_id}.eml"'
    return _private(response, FILE_POLICY)


def file_view(admin: ModelAdmin, request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    message = _readable(admin, request, pk)
    file = get_object_or_404(Attachment, pk=file_pk, message=message)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _as_download(file.filename)
    return _private(response, FILE_POLICY)


def _readable(admin: ModelAdmin, request: HttpRequest, pk: int) -> Message:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    message = get_object_or_404(Message, pk=pk)
    if not may_show(message):
        raise Http404
    return message


def _private(response: HttpResponse, policy: str) -> HttpResponse:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _as_download(filename: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, filename) or "attachment"
