"""Calls for projects in the office: text and windows, kinds, sectors, invitation codes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import RelatedDropdownFilter

from attendees.models import FormField
from events.admin.defaults import StartsWithEdition
from events.models import Edition
from hrconf.lib.links import absolute
from hrconf.office.admin import OfficeAdmin, OfficeInline, TranslatedAdmin, pair
from hrconf.office.badges import badge, number_cell
from hrconf.office.exports import ExportMixin
from projects.forms.codes import ManyCodesForm
from projects.models import Call, CallKind, CallSector, Project, ProjectCode
from projects.services.call_counts import counts_by_kind, counts_by_sector
from projects.services.calls import call_of
from projects.services.codes import code_text, draw_project_codes, end_code, name_digest, with_uses

MAY_DRAW = "projects.add_projectcode"


class CallSectorInline(OfficeInline):
    model = CallSector
    fields = ["sector", "most"]
    autocomplete_fields = ["sector"]
    select_related = ["sector"]


@admin.register(Call)
class CallAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "edition", "opens_at", "closes_at"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["edition"]
    fixed_fields = ["edition"]
    readonly_fields = ["came_in", "public_page"]
    inlines = [CallSectorInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "edition",
                    pair("name"),
                    pair("text"),
                    ("opens_at", "closes_at"),
                    ("needs_code", "remind_days"),
                    "public_page",
                ]
            },
        ),
        (gettext_lazy("What has come in"), {"fields": ["came_in"]}),
    ]

    @admin.display(description=gettext_lazy("public page"))
    def public_page(self, call: Call):
        if not call.pk:
            return None
        url = reverse("projects:call", kwargs={"edition": call.edition.slug})
        return format_html('<a class="office-link" href="{}">{}</a>', url, _("See"))

    @admin.display(description=gettext_lazy("begun and sent"))
    def came_in(self, call: Call):
        """By kind and by sector; what the call has no place for is named too."""
        if not call.pk:
            return None
        lines = [*counts_by_kind(call), *counts_by_sector(call)]
        return format_html_join(
            "",
            '<div class="office-line">{}</div>',
            (
                [
                    _("%(name)s: %(sent)s sent, %(begun)s begun%(limit)s")
                    % {
                        "name": line.name,
                        "sent": line.sent,
                        "begun": line.begun,
                        "limit": _(" (at most %(most)s)") % {"most": line.most}
                        if line.most
                        else "",
                    }
                ]
                for line in lines
            ),
        )


class KindForm(forms.ModelForm):
    """A kind's questions are those that an application can hold: words and choices."""

    REFUSED = (FormField.Kind.FILE, FormField.Kind.PICTURE)
    TAKEN = ("lost-link",)  # addresses of the call's own pages

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in self.TAKEN:
            raise ValidationError(_("A page of the call has this address already."))
        return slug

    def clean_form(self) -> Any:
        form = self.cleaned_data["form"]
        if form and form.fields.filter(kind__in=self.REFUSED, retired_at=None).exists():
            text = _("This form asks for files. An application has its own step for them.")
            raise ValidationError(text)
        if form and form.fields.filter(choices__places__isnull=False).exists():
            text = _("This form has choices with a limited number of places.")
            raise ValidationError(text)
        return form


@admin.register(CallKind)
class CallKindAdmin(TranslatedAdmin):
    form = KindForm
    list_display = ["name", "call", "slug", "closes_at", "most_letters", "needs_deck"]
    list_filter = [("call", RelatedDropdownFilter)]
    list_select_related = ["call"]
    search_fields = ["name_en", "name_zh_hans", "slug"]
    autocomplete_fields = ["call", "form"]
    fixed_fields = ["call"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("call", "slug", "position"),
                    pair("name"),
                    pair("help"),
                    ("form", "closes_at"),
                ]
            },
        ),
        (
            gettext_lazy("Limits"),
            {
                "fields": [
                    ("most_letters", "most_team"),
                    ("needs_deck", "most_decks", "deck_megabytes"),
                    ("most_certificates", "certificate_megabytes"),
                    "needs_video",
                ]
            },
        ),
    ]


@admin.register(ProjectCode)
class ProjectCodeAdmin(ExportMixin, OfficeAdmin):
    list_display = ["label", "association", "project", "used", "closes_at", "state"]
    list_filter = [("call", RelatedDropdownFilter), ("association", RelatedDropdownFilter)]
    list_select_related = ["association", "project", "call"]
    search_fields = ["label", "project__reference", "association__name_en"]
    autocomplete_fields = ["call", "association", "project"]
    fixed_fields = ["call", "project"]
    readonly_fields = ["shown_code", "address", "used", "ended_at", "created_at"]
    actions = ["end"]
    change_list_template = "admin/office/project_codes.html"
    export_kind = "project_codes_export"
    export_permission = "projects.change_projectcode"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("call", "label"),
                    ("association", "project"),
                    ("most_uses", "closes_at"),
                    ("shown_code", "address"),
                    ("used", "ended_at", "created_at"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest):
        return with_uses(super().get_queryset(request))

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.draw_view)
        many = self.admin_site.admin_view(self.draw_many_view)
        return [
            path("draw/", view, name="projects_projectcode_draw"),
            path("draw-many/", many, name="projects_projectcode_draw_many"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        edition = Edition.objects.at_hand()
        call = call_of(edition) if edition else None
        waiting = listed(call).count() if call else 0
        extra = {"may_draw": request.user.has_perm(MAY_DRAW), "waiting": waiting}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def draw_view(self, request: HttpRequest) -> HttpResponse:
        """A code for every listed project that nobody holds; who has one keeps it."""
        if not request.user.has_perm(MAY_DRAW):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        edition = Edition.objects.at_hand()
        call = call_of(edition) if edition else None
        drawn = draw_project_codes(call, listed(call)) if call else []
        text = ngettext("%(count)s code is drawn.", "%(count)s codes are drawn.", len(drawn))
        messages.success(request, text % {"count": len(drawn)})
        return HttpResponseRedirect(reverse("admin:projects_projectcode_changelist"))

    def draw_many_view(self, request: HttpRequest) -> HttpResponse:
        """Codes for whoever is named, one on a line, or for every association."""
        if not request.user.has_perm(MAY_DRAW):
            raise PermissionDenied
        form = ManyCodesForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            drawn = form.draw()
            text = ngettext("%(count)s code is drawn.", "%(count)s codes are drawn.", len(drawn))
            messages.success(request, text % {"count": len(drawn)})
            return HttpResponseRedirect(reverse("admin:projects_projectcode_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Draw codes"),
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/office/codes_draw.html", context, status=status)

    def save_model(self, request, obj: ProjectCode, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        name_digest(obj)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("projects.change_projectcode")

    @admin.action(description=gettext_lazy("End the codes"), permissions=["end"])
    def end(self, request, codes) -> None:
        keys = list(codes.values_list("pk", flat=True))
        for key in keys:
            end_code(key)
        text = ngettext("%(count)s code is ended.", "%(count)s codes are ended.", len(keys))
        messages.success(request, text % {"count": len(keys)})

    @admin.display(description=gettext_lazy("code"))
    def shown_code(self, code: ProjectCode):
        return format_html("<code>{}</code>", code_text(code)) if code.pk else None

    @admin.display(description=gettext_lazy("page to apply"))
    def address(self, code: ProjectCode):
        if not code.pk:
            return None
        place = {"edition": code.call.edition.slug}
        return absolute(reverse("projects:call", kwargs=place))

    @admin.display(description=gettext_lazy("begun, sent, at most"))
    def used(self, code: ProjectCode):
        if not code.pk:
            return None
        return number_cell(f"{code.begun} · {code.sent} · {code.most_uses}")

    @admin.display(description=gettext_lazy("state"))
    def state(self, code: ProjectCode):
        if code.ended_at:
            return badge(_("Ended"), "quiet")
        if code.begun >= code.most_uses:
            return badge(_("Used"), "note")
        return badge(_("Good"), "good")


def listed(call: Call):
    """Projects of lists that wait for who takes them over."""
    projects = Project.objects.filter(edition=call.edition_id, holder=None, invited_by=None)
    return projects.exclude(status=Project.Status.WITHDRAWN)
