"""Releases of the programme: looked at first, then made by a service, never edited."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.contrib.filters.admin import RelatedDropdownFilter

from events.changes import by_code, difference
from events.models import Edition, Release
from events.services.clashes import clashes_of
from events.services.releases import release_schedule
from events.snapshots import freeze
from hrconf.office.admin import LookOnly, TranslatedAdmin

KINDS = {
    "new": gettext_lazy("New"),
    "moved": gettext_lazy("Moved in time"),
    "room": gettext_lazy("In another room"),
    "text": gettext_lazy("Described anew"),
    "people": gettext_lazy("With other people"),
    "cancelled": gettext_lazy("Cancelled"),
    "restored": gettext_lazy("Takes place after all"),
    "removed": gettext_lazy("Removed"),
}


class Change(NamedTuple):
    """A kind of change and the sessions it concerns, by title."""

    kind: object
    titles: list[str]


class ReleaseForm(forms.Form):
    """What a release is called; both names may stay empty."""

    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=100, required=False)
    name_zh = forms.CharField(label=gettext_lazy("Name (Chinese)"), max_length=100, required=False)


@admin.register(Release)
class ReleaseAdmin(LookOnly, TranslatedAdmin):
    list_display = ["number", "name", "edition", "released_at", "released_by"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "released_by"]
    search_fields = ["name_en", "name_zh_hans"]
    fields = ["edition", "number", "name", "note", "released_at", "released_by", "sha256"]

    def get_queryset(self, request):
        # A snapshot holds the whole programme: no list needs it.
        return super().get_queryset(request).defer("snapshot", "changes")

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("events.add_release")

    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        """What the public would read from now on, and the button that makes it so."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        edition = edition_of(request)
        form = ReleaseForm(request.POST if request.method == "POST" else None)
        if edition and form.is_valid():
            return self.release(request, edition, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Release the programme"),
            "edition": edition,
            "form": form,
            **(outlook(edition) if edition else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/release.html", context)

    def release(self, request: HttpRequest, edition: Edition, form: ReleaseForm) -> HttpResponse:
        try:
            release = release_schedule(edition.pk, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(request.get_full_path())
        text = _("Release %(number)s is what the public reads now.")
        messages.success(request, text % {"number": release.number})
        return HttpResponseRedirect(reverse("admin:events_release_changelist"))


def edition_of(request: HttpRequest) -> Edition | None:
    """The edition that the address names, else the one at hand."""
    wanted = request.GET.get("edition", "")
    named = Edition.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    return named or Edition.objects.at_hand()


def outlook(edition: Edition) -> dict:
    """What a release would change for the public, and what keeps it from being made."""
    last = Release.objects.filter(edition=edition).newest_first().first()
    snapshot = freeze(edition)
    changes = difference(last.snapshot if last else None, snapshot)
    titles = {**(by_code(last.snapshot) if last else {}), **by_code(snapshot)}
    return {
        "last": last,
        "count": len(snapshot["sessions"]),
        "clashes": [str(clash) for clash in clashes_of(edition)],
        "changes": [
            Change(KINDS[kind], [title_of(titles[code]) for code in codes])
            for kind, codes in changes.items()
        ],
    }


def title_of(session: dict) -> str:
    """The title in the reader's language, else in the other."""
    titles = session["title"]
    language = get_language() or "en"
    return titles.get(language) or next(filter(None, titles.values()), session["code"])
