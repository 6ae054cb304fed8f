"""Stopped addresses and returned mail in the office: since when, why, and lifting a stop."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RangeDateTimeFilter

from hrconf.mailing.models import Bounce, Message, Suppression
from hrconf.mailing.suppressions import SUBSCRIBED_AGAIN, lift
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, choice_badge

Reason = Suppression.Reason
TONES = {Reason.UNSUBSCRIBED: "note", Reason.COMPLAINT: "warn"} | dict.fromkeys(
    [Reason.HARD_BOUNCE, Reason.SOFT_BOUNCES, Reason.REFUSED], "bad"
)
SORTS = {"hard": "bad", "soft": "warn", "delayed": "note", "complaint": "warn"}


class InForceFilter(admin.SimpleListFilter):
    """What still holds, or what was lifted."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("yes", _("In force")), ("no", _("Lifted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(lifted_at__isnull=self.value() == "yes")


def letter_link(message: Message | None) -> str:
    """The message that it is about, as a link to the outbox."""
    if message is None:
        return "—"
    url = reverse("admin:mailing_message_change", args=[message.pk])
    words = Truncator(message.subject).chars(80)
    return format_html('<a class="outbox-link" href="{}">{}</a>', url, words)


@admin.register(Suppression)
class SuppressionAdmin(LookOnly, OfficeAdmin):
    """Rows are written when mail comes back or a reader unsubscribes; a person may lift them."""

    list_display = ["address", "reason_badge", "what_stops", "created_at", "words", "state"]
    list_filter = [
        InForceFilter,
        ("reason", MultipleChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    search_fields = ["address", "detail"]
    search_help_text = _("Address, or words of the server")
    change_form_outer_before_template = "admin/mailing/_suppression_head.html"
    fields = [
        ("address", "reason_badge", "what_stops"),
        ("created_at", "letter"),
        "detail",
        ("lifted_at", "lifted_by", "why_lifted"),
    ]

    class Media:
        css = {"all": ["css/outbox.css"]}

    reason_badge = choice_badge("reason", TONES, description=_("reason"))

    @admin.display(description=_("stops"))
    def what_stops(self, stop: Suppression) -> str:
        return str(_("All mail") if stop.stops_all else _("News and reminders"))

    @admin.display(description=_("in the words of the server"))
    def words(self, stop: Suppression) -> str:
        return Truncator(stop.detail).chars(100)

    @admin.display(description=_("state"), ordering="lifted_at")
    def state(self, stop: Suppression) -> str:
        return badge(_("In force"), "warn") if stop.is_in_force else badge(_("Lifted"))

    @admin.display(description=_("by which message"))
    def letter(self, stop: Suppression) -> str:
        return letter_link(stop.message)

    @admin.display(description=_("why it was lifted"))
    def why_lifted(self, stop: Suppression) -> str:
        own = stop.lift_reason == SUBSCRIBED_AGAIN
        return str(_("The reader subscribed again.")) if own else stop.lift_reason or "—"

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Whether this person may let an address be mailed again."""
        return request.user.has_perm("mailing.change_suppression")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suppression]:
        return super().get_queryset(request).select_related("message", "lifted_by")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/lift/", wrap(self.lift), name="mailing_suppression_lift")
        return [own, *super().get_urls()]

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lift the stop for the reason that was typed."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_lift_permission(request):
            raise PermissionDenied
        stop = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            lift(stop.pk, by=request.user, reason=request.POST.get("reason", ""))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.message_user(request, _("This address is mailed again."), messages.SUCCESS)
        return redirect("admin:mailing_suppression_change", pk)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        stop = self.get_object(request, unquote(object_id)) if object_id else None
        context: dict[str, Any] = {"stop": stop, "may_lift": self.has_lift_permission(request)}
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **context}
        )


@admin.register(Bounce)
class BounceAdmin(LookOnly, OfficeAdmin):
    """Every report that came in, also those about no message of ours."""

    list_display = ["address", "sort_badge", "status", "words", "letter", "source", "received_at"]
    list_select_related = ["message"]
    list_filter = [
        ("sort", MultipleChoicesDropdownFilter),
        ("message", admin.EmptyFieldListFilter),
        ("received_at", RangeDateTimeFilter),
    ]
    search_fields = ["address", "status", "detail"]
    search_help_text = _("Address, status code or words of the server")
    fields = [
        ("address", "sort_badge", "status"),
        "detail",
        ("letter", "source", "received_at"),
        "digest",
    ]

    class Media:
        css = {"all": ["css/outbox.css"]}

    sort_badge = choice_badge("sort", SORTS, description=_("sort"))

    @admin.display(description=_("in the words of the server"))
    def words(self, bounce: Bounce) -> str:
        return Truncator(bounce.detail).chars(100)

    @admin.display(description=_("message"))
    def letter(self, bounce: Bounce) -> str:
        return letter_link(bounce.message)
