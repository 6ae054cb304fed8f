"""The deeds of a person who decides that a restored or copied database is the site."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import ngettext

from hrconf.mailing import mark

DEEDS = {"let-go": mark.let_go, "keep-back": mark.keep_back}


def settle_doubt(admin: ModelAdmin, request: HttpRequest, key: str) -> HttpResponse:
    """Let go or cancel what was held for doubt, and go on mailing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_judge_permission(request):  # type: ignore[attr-defined]
        raise PermissionDenied
    if key not in DEEDS:
        raise Http404
    count = DEEDS[key](by=request.user)
    admin.message_user(request, said(key, count), messages.SUCCESS)
    return redirect("admin:mailing_message_changelist")


def said(key: str, count: int) -> str:
    if key == "let-go":
        words = ngettext("%(count)s message let go.", "%(count)s messages let go.", count)
    else:
        words = ngettext("%(count)s message cancelled.", "%(count)s messages cancelled.", count)
    return words % {"count": count}
