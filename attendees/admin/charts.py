"""The page of charts beside the list of registrations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from attendees.models import FormField
from attendees.services import charting
from events.dashboard import Bars
from events.models import Edition
from hrconf.lib.magnitude import grouped

MAY_LOOK = ("attendees.view_registration", "attendees.view_invitation")


class ChartsMixin:
    """Gives the list of registrations its charts."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.charts_view)
        return [path("charts/", view, name="attendees_registration_charts"), *super().get_urls()]

    def charts_view(self, request: HttpRequest) -> HttpResponse:
        """Registrations by day against the edition before, by what people are and say."""
        if not request.user.has_perms(MAY_LOOK):
            raise PermissionDenied
        slug = request.GET.get("edition", "").replace("\x00", "")
        edition = Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Registrations in charts"),
            "edition": edition,
            "board": {"edition": edition},
            **(charts_of(request, edition) if edition else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/charts.html", context)


def charts_of(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    align = request.GET.get("align", "opening")
    align = align if align in charting.ALIGN else "opening"
    before = charting.edition_before(edition)
    days = charting.compare(edition, before, align)
    questions = charting.questions_to_count(edition)
    asked = chosen_question(questions, request.GET.get("field", ""))
    senders, unsent = charting.by_association(edition)
    may_read = request.user.has_perm("attendees.view_answers")
    return {
        "days": days,
        "far_off": charting.of_far_off(days.far_off),
        "align": align,
        "has_before": any(row.before for row in days.rows),
        "has_only_totals": before is None and charting.has_only_totals(edition),
        "ways": [way(request, edition, name, align) for name in charting.ALIGN],
        "bars": [
            Bars(_("By category"), charting.by_category(edition)),
            Bars(_("By country or region"), charting.by_country(edition)),
            Bars(_("By association (%(count)s without)") % {"count": grouped(unsent)}, senders),
        ],
        "questions": [(name_of(one), one) for one in questions] if may_read else [],
        "asked": asked and name_of(asked),
        "answers": asked and may_read and Bars(asked.label, charting.by_answer(edition, asked)),
    }


def way(request: HttpRequest, edition: Edition, name: str, align: str) -> dict[str, Any]:
    """A link that lays the days of both editions over each other in another way."""
    kept = {"edition": edition.slug, "align": name}
    if field := request.GET.get("field", ""):
        kept["field"] = field
    label = _("By days to the opening") if name == "opening" else _("By date")
    return {"label": label, "url": f"?{urlencode(kept)}", "is_current": name == align}


def name_of(question: FormField) -> str:
    return f"{question.form.slug}.{question.key}"


def chosen_question(questions: list[FormField], name: str) -> FormField | None:
    """The question that the address names, else the first."""
    return next((one for one in questions if name_of(one) == name), next(iter(questions), None))
