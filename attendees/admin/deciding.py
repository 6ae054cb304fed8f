"""Deciding on one registration after the other, without going back to the list."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from attendees.admin import deeds
from attendees.admin.answers import MAY_OPEN_FILES, MAY_READ
from attendees.admin.heads import head_of
from attendees.models import Duplicate, Registration
from attendees.services.answer_sheets import sheets_of
from attendees.services.deciding import (
    PENDING,
    doubles_of,
    earlier_of,
    next_after,
    places_free_in,
    queue_of,
    queues_of,
    turn_of,
)
from events.models import Edition
from hrconf.accounts.templatetags.look import tone
from hrconf.mailing.models import Message
from hrconf.office.badges import badge
from hrconf.office.deeds import Deed, do, sample_of
from hrconf.office.links import office_link

START, ONE = "admin:attendees_registration_deciding", "admin:attendees_registration_decide"
DECISIONS = {deed.name: deed for deed in [deeds.APPROVE, deeds.DECLINE, deeds.WAITLIST]}
# The key that leads to each, while the page is in focus.
KEYS = {"approve": "a", "decline": "d", "waitlist": "w"}


class DecidingMixin:
    """Gives the registrations' admin the way through all that wait for a decision."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        name = "attendees_registration"
        return [
            path("decide/", wrap(self.deciding_view), name=f"{name}_deciding"),
            path("decide/<int:pk>/", wrap(self.decide_view), name=f"{name}_decide"),
            *super().get_urls(),
        ]

    def deciding_view(self, request: HttpRequest) -> HttpResponse:
        """On to the first that waits; or the good news that nobody does."""
        if not request.user.has_perm(deeds.MAY_DECIDE):
            raise PermissionDenied
        slug = request.GET.get("edition", "").replace("\x00", "")
        edition = Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()
        category = category_in(request)
        first = queue_of(edition, category).first() if edition else None
        if first:
            return HttpResponseRedirect(one_url(first.pk, category))
        left = queues_of(edition) if edition else []
        context = {"title": _("To decide on"), "edition": edition, "left": left}
        return self.decide_page(request, "admin/office/decided_all.html", context)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(deeds.MAY_DECIDE):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        deed = DECISIONS.get(request.POST.get("deed", ""))
        if deed and self.is_decided(request, deed, row):
            return HttpResponseRedirect(self.after(request, row))
        return self.decide_page(
            request, "admin/office/decide.html", self.decide_context(request, row)
        )

    def is_decided(self, request: HttpRequest, deed: Deed, row: Registration) -> bool:
        """Do what the button says, and say what came of it; false if it was not possible."""
        if left_out := deed.preview([row.pk]).left_out:
            reason = deed.reasons[left_out[0][1]]
            messages.error(request, f"{row.person.both_names} — {deed.title}: {reason}")
            return row.status != PENDING
        try:
            do(deed, self.opts.label_lower, request, [row.pk])
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return False
        return True

    def after(self, request: HttpRequest, row: Registration) -> str:
        """The next one to decide, in the same category if one was chosen."""
        category = category_in(request)
        after = next_after(row, queue_of(row.edition, category))
        if after:
            return one_url(after, category)
        return f"{reverse(START)}?{urlencode({'edition': row.edition.slug})}"

    def decide_context(self, request: HttpRequest, row: Registration) -> dict:
        category = category_in(request)
        turn = turn_of(row, queue_of(row.edition, category))
        may_read = request.user.has_perm(MAY_READ)
        return {
            "title": _("To decide on"),
            "original": row,
            "head": self.decide_head(row),
            "turn": turn,
            "before_url": one_url(turn.before, category),
            "after_url": one_url(turn.after, category),
            "queues": queues_of(row.edition),
            "category": category,
            "free": places_free_in(row.category),
            "invitation": row.invitation,
            "invitation_url": row.invitation and office_link(row.invitation, request.user),
            "page_url": office_link(row, request.user),
            "doubles": [
                (d, reasons_of(d.pair), office_link(d.pair, request.user)) for d in doubles_of(row)
            ],
            "earlier": earlier_of(row),
            "sheets": sheets_of(row) if may_read else [],
            "may_open_files": request.user.has_perm(MAY_OPEN_FILES),
            "companions": list(row.companion_rows.all()),
            "decisions": self.decisions(row) if row.status == PENDING else [],
            "samples": self.samples(request, row),
            "reason": request.POST.get("reason", ""),
        }

    def decide_head(self, row: Registration):
        head = head_of(row.person)
        head.badges = [badge(row.get_status_display(), tone(row.status)), badge(row.category)]
        return head

    def decisions(self, row: Registration) -> list[tuple[Deed, str, str]]:
        """Each deed with its key, and why it is not possible."""
        found = []
        for name, deed in DECISIONS.items():
            left_out = deed.preview([row.pk]).left_out
            found.append((deed, KEYS[name], str(deed.reasons[left_out[0][1]]) if left_out else ""))
        return found

    def samples(self, request: HttpRequest, row: Registration) -> list[tuple[Deed, Message]]:
        """The mails as they would go out, once these are asked for."""
        if "look" not in request.POST or row.status != PENDING:
            return []
        word = request.POST.get("reason", "").strip()
        written = [(d, sample_of(d, d.preview([row.pk]), word)) for d in DECISIONS.values()]
        return [(deed, sample) for deed, sample in written if sample]

    def decide_page(self, request: HttpRequest, template: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context)


def reasons_of(pair: Duplicate) -> str:
    known = dict(Duplicate.Reason.choices)
    return "; ".join(str(known[reason]) for reason in pair.reasons if reason in known)


def category_in(request: HttpRequest) -> int | None:
    """The category whose registrations are gone through; None: all."""
    given = request.GET.get("category", "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def one_url(pk: int | None, category: int | None) -> str:
    if pk is None:
        return ""
    query = f"?{urlencode({'category': category})}" if category else ""
    return reverse(ONE, args=[pk]) + query


def decide_url(row: Registration) -> str:
    return one_url(row.pk, None)
