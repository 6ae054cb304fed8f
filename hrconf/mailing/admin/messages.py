"""The outbox in the office: what state each message is in, and why."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    MultipleChoicesDropdownFilter,
    MultipleDropdownFilter,
    RangeDateTimeFilter,
)

from hrconf.mailing import lines, mark
from hrconf.mailing.admin.deeds import DEEDS, Deed, deeds_for, do_deed
from hrconf.mailing.admin.doubt import settle_doubt
from hrconf.mailing.admin.letters import file_view, html_view, may_show, source_view
from hrconf.mailing.kinds import KINDS
from hrconf.mailing.mime import headers_of
from hrconf.mailing.models import Message
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import choice_badge, two_lines


class KindFilter(MultipleDropdownFilter):
    """By what the mail is about."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(kind, str(label)) for kind, label in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        chosen = [kind for kind in self.value() or [] if kind]
        return queryset.filter(kind__in=chosen) if chosen else queryset


@admin.register(Message)
class MessageAdmin(LookOnly, OfficeAdmin):
    """Rows are written by services and workers; a person may retry, release, cancel, judge."""

    list_display = ["to", "letter_about", "state_badge", "why", "created_at", "sent_at"]
    list_display_links = ["to", "letter_about"]
    list_filter = [
        ("state", MultipleChoicesDropdownFilter),
        KindFilter,
        ("batch", AutocompleteSelectFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    search_fields = ["to_address", "to_name", "subject"]
    search_help_text = _("Address, name or subject")
    ordering = ["-created_at", "-pk"]
    list_before_template = "admin/mailing/_outbox_head.html"
    change_form_outer_before_template = "admin/mailing/_message_head.html"
    change_form_outer_after_template = "admin/mailing/_message_letter.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("about", "batch", "language"),
                    ("created_at", "send_after", "sent_at"),
                    ("attempts", "repeats", "answer"),
                    ("recipient", "occasion", "header_id"),
                ]
            },
        )
    ]
    actions = ["retry", "release", "cancel"]

    class Media:
        css = {"all": ["css/outbox.css"]}

    state_badge = choice_badge("state", description=_("state"))

    @admin.display(description=_("to"), ordering="to_address")
    def to(self, message: Message) -> str:
        return two_lines(message.to_name or message.to_address, message.to_address)

    @admin.display(description=_("letter"), ordering="subject")
    def letter_about(self, message: Message) -> str:
        return two_lines(message.subject, message.kind_label)

    @admin.display(description=_("why"))
    def why(self, message: Message) -> str:
        return "" if message.state == Message.State.SENT else Truncator(message.why).chars(120)

    @admin.display(description=_("kind"), ordering="kind")
    def about(self, message: Message) -> str:
        return message.kind_label

    @admin.display(description=_("Message-ID"))
    def header_id(self, message: Message) -> str:
        return message.header_id

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        queryset = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name.endswith("changelist")
        return queryset.for_office() if is_list else queryset.select_related("batch")

    def has_judge_permission(self, request: HttpRequest) -> bool:
        """Whether this person may decide about messages."""
        return request.user.has_perm("mailing.change_message")

    # The list ----------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        states = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
        counted = [
            (state, label, states[state])
            for state, label in Message.State.choices
            if state in states
        ]
        context = {
            "states": counted,
            "line": lines.down(),
            "doubt": mark.in_doubt(),
            "may_judge": self.has_judge_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **context})

    @admin.action(description=_("Try again"), permissions=["judge"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self.do_to_all(request, queryset, DEEDS["retry"])

    @admin.action(description=_("Release what is held"), permissions=["judge"])
    def release(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self.do_to_all(request, queryset, DEEDS["release"])

    @admin.action(description=_("Cancel what has not gone out"), permissions=["judge"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self.do_to_all(request, queryset, DEEDS["cancel"])

    def do_to_all(self, request: HttpRequest, queryset: QuerySet[Message], deed: Deed) -> None:
        """Do a deed to every chosen message that is in a state for it; count the others."""
        done = left = 0
        for pk in queryset.values_list("pk", flat=True):
            try:
                deed.do(pk, by=request.user)
                done += 1
            except ValidationError:
                left += 1
        self.message_user(
            request, _count_done(done), messages.SUCCESS if done else messages.WARNING
        )
        if left:
            self.message_user(request, _count_left(left), messages.WARNING)

    # One message ---------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/letter.html", wrap(self.letter), name="mailing_message_letter"),
            path("<int:pk>/source.eml", wrap(self.source), name="mailing_message_source"),
            path("<int:pk>/files/<int:file_pk>/", wrap(self.file), name="mailing_message_file"),
            path("<int:pk>/deeds/<slug:deed>/", wrap(self.deed), name="mailing_message_deed"),
            path("doubt/<slug:deed>/", wrap(self.doubt), name="mailing_message_doubt"),
            *super().get_urls(),
        ]

    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        return html_view(self, request, pk)

    def source(self, request: HttpRequest, pk: int) -> HttpResponse:
        return source_view(self, request, pk)

    def file(self, request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
        return file_view(self, request, pk, file_pk)

    def deed(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        return do_deed(self, request, pk, deed)

    def doubt(self, request: HttpRequest, deed: str) -> HttpResponse:
        return settle_doubt(self, request, deed)

    @method_decorator(csp_replace({"frame-src": ["'self'"]}))  # for the letter
    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        message = self.get_object(request, object_id)
        context = self.letter_context(request, message) if message else {}
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **context}
        )

    def letter_context(self, request: HttpRequest, message: Message) -> dict[str, Any]:
        """What the page shows beside the fields."""
        return {
            "title": message.subject,
            "letter": message,
            "may_show": may_show(message),
            "headers": [(name, str(value)) for name, value in safe_headers(message)],
            "files": message.attachments.defer("content"),
            "deeds": deeds_for(message) if self.has_judge_permission(request) else [],
            "states": dict(Message.State.choices),
        }


def safe_headers(message: Message) -> list[tuple[str, Any]]:
    """The headers, or none for a message that cannot be written as an e-mail."""
    try:
        return headers_of(message)
    except (ValueError, UnicodeError):
        return []


def _count_done(count: int) -> str:
    return ngettext("%(count)s message changed.", "%(count)s messages changed.", count) % {
        "count": count
    }


def _count_left(count: int) -> str:
    return ngettext(
        "%(count)s message is in no state for this and stays as it is.",
        "%(count)s messages are in no state for this and stay as they are.",
        count,
    ) % {"count": count}
