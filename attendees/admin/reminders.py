"""Rules of reminders in the office: when, whom, and who is next."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from attendees.admin.audiences import AudienceChoice, Line, lines_of
from attendees.models import Audience, Person, ReminderRule
from attendees.services.due import Outlook, outlook
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import badge

# What changes when a rule applies; after a change it looks forward from now.
APPLIES = {"edition", "kind", "days", "audience", "is_active"}


class RuleForm(forms.ModelForm):
    """A rule, with an audience of its own edition."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        audience, edition = cleaned.get("audience"), cleaned.get("edition")
        if audience and edition and audience.edition_id != edition.pk:
            self.add_error("audience", gettext("This audience is of another edition."))
        return cleaned


@admin.register(ReminderRule)
class ReminderRuleAdmin(StartsWithEdition, OfficeAdmin):
    form = RuleForm
    list_display = ["kind", "edition", "when", "audience", "at_most", "so_far", "is_active"]
    list_filter = [("edition", RelatedDropdownFilter), ("kind", ChoicesDropdownFilter)]
    list_select_related = ["edition", "audience"]
    autocomplete_fields = ["edition"]
    change_form_template = "admin/office/rule_change.html"
    fields = [
        ("edition", "kind"),
        ("days", "at_most"),
        "audience",
        ("quiet_from", "quiet_until"),
        "is_active",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReminderRule]:
        return super().get_queryset(request).annotate(reminded=Count("reminders"))

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.next_view)
        return [
            path("<int:pk>/next/", view, name="attendees_reminderrule_next"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "audience":
            kwargs["queryset"] = Audience.objects.select_related("edition")
            kwargs["form_class"] = AudienceChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        """A rule that begins to apply, or to others, reminds nobody of what is past."""
        if APPLIES & set(form.changed_data):
            obj.active_since = timezone.now()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self.to_next(obj)

    def response_post_save_change(self, request, obj) -> HttpResponse:
        return self.to_next(obj)

    def to_next(self, rule: ReminderRule) -> HttpResponse:
        """On to who is reminded next."""
        return HttpResponseRedirect(reverse("admin:attendees_reminderrule_next", args=[rule.pk]))

    def next_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who would be reminded when the rule runs next, and who would not and why."""
        rows = self.get_queryset(request).select_related("edition", "audience")
        rule = get_object_or_404(rows, pk=pk)
        if not self.has_view_permission(request, rule):
            raise PermissionDenied
        seen = outlook(rule, timezone.now()) if rule.is_active else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": rule,
            "title": str(rule),
            "when": self.when(rule),
            "outlook": seen,
            "day": date_format(seen.at.astimezone(rule.edition.tz).date()) if seen else "",
            **(self.people(rule, seen, request.GET.get("page")) if seen else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/rule_next.html", context)

    def people(self, rule: ReminderRule, seen: Outlook, page: str | None) -> dict[str, Any]:
        """A page of the people, of whom some sleep when the rule runs."""
        context = dict(lines_of(seen.preview, page))
        people = {person.pk: person for person in seen.preview.going}
        context["lines"] = [
            (with_quiet(line, people[pk], rule, seen) if goes else line, pk, goes)
            for line, pk, goes in context["lines"]
        ]
        return context

    @admin.display(description=_("when"), ordering="days")
    def when(self, rule: ReminderRule) -> str:
        """So many days before or after what the kind says."""
        if rule.kind in ReminderRule.AFTER:
            text = ngettext("%(count)s day after", "%(count)s days after", rule.days)
        else:
            text = ngettext("%(count)s day before", "%(count)s days before", rule.days)
        return text % {"count": rule.days}

    @admin.display(description=_("reminded so far"), ordering="reminded")
    def so_far(self, rule: ReminderRule) -> int:
        return rule.reminded


def with_quiet(line: Line, person: Person, rule: ReminderRule, seen: Outlook) -> Line:
    """The line of somebody in whose country it is a quiet hour when the rule runs."""
    if person.country.code not in seen.quiet:
        return line
    return Line(line.name, line.address, line.language, _later(rule))


def _later(rule: ReminderRule) -> SafeString:
    until = gettext("from %(time)s of their own day") % {"time": time_format(rule.quiet_until)}
    return format_html("{} {}", badge(gettext("Later"), "note"), until)
