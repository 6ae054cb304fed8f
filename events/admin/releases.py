"""Releases of the programme: looked at first, then made by a service, never edited."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.models import Edition, PlannedRelease, Release
from events.notices import all_groups
from events.outlook import outlook
from events.services.notices import job_of
from events.services.planned import plan_release, withdraw_plan
from events.services.releases import Words, release_schedule
from events.services.restoring import put_back
from hrconf.office import badges
from hrconf.office.admin import LookOnly, TranslatedAdmin

NAMED = 100  # readers of a group that the page names


class WallClockInput(forms.DateTimeInput):
    """An instant as the browser asks for it."""

    input_type = "datetime-local"


class ReleaseForm(forms.Form):
    """What a release is called, what is said of it to whom, and when."""

    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=100, required=False)
    name_zh = forms.CharField(label=gettext_lazy("Name (Chinese)"), max_length=100, required=False)
    note_en = forms.CharField(
        label=gettext_lazy("Note (English)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the changelog and in the mails."),
    )
    note_zh = forms.CharField(
        label=gettext_lazy("Note (Chinese)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Who is told by mail"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Release at"),
        required=False,
        widget=WallClockInput(format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("As the clocks of the host city show it. Empty: at once."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, is_put_back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["groups"].choices = [(group.name, group.title) for group in all_groups()]
        if is_put_back:
            del self.fields["due_at"]

    def clean_due_at(self):
        """The time that was typed, in the zone of the edition and not of the server."""
        typed = self.cleaned_data["due_at"]
        return typed and timezone.make_naive(typed).replace(tzinfo=self.edition.tz)

    @property
    def words(self) -> Words:
        """What is called and said; what was filled in wrongly is left out."""
        cleaned = getattr(self, "cleaned_data", {})
        return Words(
            *(cleaned.get(key, "") for key in ["name_en", "name_zh", "note_en", "note_zh"])
        )

    def refuse(self, refusal: ValidationError) -> None:
        """Show why it was not done; what one looked at is now something else."""
        field = "due_at" if getattr(refusal, "code", "") in {"past", "planned"} else None
        self.add_error(field, refusal.messages)


@admin.register(Release)
class ReleaseAdmin(LookOnly, TranslatedAdmin):
    list_display = ["number", "name", "edition", "released_at", "released_by", "mails"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "released_by", "batch"]
    search_fields = ["name_en", "name_zh_hans"]
    readonly_fields = ["mails", "ways"]
    fields = [
        "edition",
        ("number", "name"),
        "note",
        ("released_at", "released_by"),
        ("mails", "told_at"),
        "restores",
        "ways",
        "sha256",
    ]

    def get_queryset(self, request):
        # A snapshot holds the whole programme: no list needs it.
        return super().get_queryset(request).without_programme()

    @admin.display(description=gettext_lazy("mails"))
    def mails(self, release: Release) -> str:
        if release.batch is None:
            return "—"
        url = reverse("admin:mailing_batch_change", args=[release.batch_id])
        return format_html('<a class="office-link" href="{}">{}</a>', url, release.batch)

    @admin.display(description=gettext_lazy("what to do with it"))
    def ways(self, release: Release) -> str:
        slug = release.edition.slug
        read = reverse("events:release", kwargs={"edition": slug, "number": release.number})
        back = f"{reverse('admin:events_release_add')}?edition={release.edition_id}"
        return format_html(
            '<a class="office-link" href="{}">{}</a> · <a class="office-link" href="{}">{}</a>',
            read,
            _("Read it as it was"),
            f"{back}&back={release.number}",
            _("Put it back"),
        )

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("events.add_release")

    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        """What the public would read from now on, and the button that makes it so."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        edition = edition_of(request)
        if edition and "withdraw" in request.POST:
            return withdraw(request, edition)
        form, back_to = None, None
        if edition:
            back_to = release_to_put_back(request, edition)
            form = form_for(request, edition, back_to)
            is_ordered = request.method == "POST" and form.is_valid()
            if is_ordered and (response := act(request, edition, form, back_to)):
                return response
        return self.page(request, edition, form, back_to)

    def page(self, request, edition, form, back_to) -> HttpResponse:
        title = _("Put a release back") if back_to else _("Release the programme")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "edition": edition,
            "form": form,
            "back_to": back_to,
            **(look(edition, form, back_to) if edition else {}),
        }
        request.current_app = self.admin_site.name
        status = 422 if form and form.errors else 200
        return TemplateResponse(request, "admin/office/release.html", context, status=status)


def edition_of(request: HttpRequest) -> Edition | None:
    """The edition that the address names, else the one at hand."""
    wanted = request.GET.get("edition", "")
    named = Edition.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    return named or Edition.objects.at_hand()


def release_to_put_back(request: HttpRequest, edition: Edition) -> Release | None:
    """The release that the address names; none if it names none."""
    number = request.GET.get("back", "")
    if not number:
        return None
    found = edition.releases.filter(number=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise Http404(_("There is no such release."))
    return found


def form_for(request: HttpRequest, edition: Edition, back_to: Release | None) -> ReleaseForm:
    given = request.POST if request.method == "POST" else None
    return ReleaseForm(
        given,
        edition=edition,
        is_put_back=back_to is not None,
        initial={"groups": [] if is_over(edition) else [group.name for group in all_groups()]},
    )


def is_over(edition: Edition) -> bool:
    """Whether its last day is past: then its programme is no news to anybody."""
    return timezone.now().astimezone(edition.tz).date() > edition.ends_on


def look(edition: Edition, form: ReleaseForm, back_to: Release | None) -> dict[str, Any]:
    """The outlook as the page shows it; what cannot be put back is said instead."""
    try:
        found = outlook(edition, form.words, back_to)
    except ValidationError as refusal:
        return {"trouble": " ".join(refusal.messages), "last": None}
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = found.seen
    else:
        form.initial["seen"] = found.seen
    return {
        "look": found,
        "last": found.last,
        "named": NAMED,
        "planned": PlannedRelease.objects.waiting().filter(edition=edition).first(),
        "undo_seconds": settings.UNDO_SECONDS,
    }


def act(
    request: HttpRequest, edition: Edition, form: ReleaseForm, back_to: Release | None
) -> HttpResponse | None:
    """Release, put back or plan; None if that is refused, and the form says why."""
    try:
        if due_at := form.cleaned_data.get("due_at"):
            return plan(request, edition, form, due_at)
        return release(request, edition, form, back_to)
    except ValidationError as refusal:
        form.refuse(refusal)
        return None


def plan(request: HttpRequest, edition: Edition, form: ReleaseForm, due_at) -> HttpResponse:
    groups = form.cleaned_data["groups"]
    plan_release(edition, form.words, due_at=due_at, groups=groups, by=request.user)
    messages.success(request, _("The release is planned. Until then everything can be changed."))
    return HttpResponseRedirect(request.get_full_path())


def release(
    request: HttpRequest, edition: Edition, form: ReleaseForm, back_to: Release | None
) -> HttpResponse:
    given = {
        "groups": form.cleaned_data["groups"],
        "seen": form.cleaned_data["seen"],
        "by": request.user,
    }
    if back_to:
        made = put_back(edition.pk, back_to.number, form.words, **given)
    else:
        made = release_schedule(edition.pk, form.words, **given)
    text = _("Release %(number)s is what the public reads now.")
    messages.success(request, text % {"number": made.number})
    job = job_of(made, request.user)
    page = reverse("jobs:job", args=[job.pk]) if job else None
    return HttpResponseRedirect(page or reverse("admin:events_release_changelist"))


def withdraw(request: HttpRequest, edition: Edition) -> HttpResponse:
    wanted = request.POST["withdraw"]
    try:
        withdraw_plan(int(wanted) if wanted.isdecimal() else 0, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The planned release is withdrawn."))
    return HttpResponseRedirect(f"{reverse('admin:events_release_add')}?edition={edition.pk}")


@admin.register(PlannedRelease)
class PlannedReleaseAdmin(LookOnly, TranslatedAdmin):
    """What was to be released at a time; withdrawn on the page of the next release."""

    list_display = ["due_at", "edition", "how", "trouble", "planned_by", "release"]
    list_filter = [("edition", RelatedDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_select_related = ["edition", "planned_by", "release"]
    search_fields = ["name_en", "name_zh_hans"]
    fields = [
        ("edition", "due_at"),
        "name",
        "note",
        ("state", "release"),
        "trouble",
        ("planned_by", "planned_at"),
    ]

    how = badges.choice_badge("state", description=gettext_lazy("status"))

    def get_queryset(self, request):
        return super().get_queryset(request).defer("release__snapshot", "release__changes")
