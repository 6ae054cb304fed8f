"""The guide's pages: the buses of an edition, and who is aboard of one."""

from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from attendees.services import boarding, bus_paper
from attendees.services.buses import buses_of
from events.models import Bus, Edition, Session, VisitStop
from hrconf.lib.downloads import download

DEEDS = ["tick", "untick", "rest"]


class BoardingPage(PermissionRequiredMixin, View):
    """A stranger is asked to sign in; a member without the right gets 403."""

    http_method_names = ["get", "head", "options"]
    permission_required = "attendees.view_boarding"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(Edition, slug=self.kwargs["edition"], is_public=True)

    @property
    def language(self) -> str:
        return get_language() or "en"


class BusList(BoardingPage):
    """The visits of an edition in order of time, each with its buses."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = Session.objects.filter(edition=self.edition, buses__isnull=False)
        visits = rows.exclude(status=Session.Status.CANCELLED).with_times().distinct()
        found = [(visit, buses_of(visit)) for visit in visits.order_by("starts_at", "pk")]
        days = [
            (day, list(of_day))
            for day, of_day in groupby(found, key=lambda pair: self.day_of(pair[0]))
        ]
        return render(request, "attendees/buses.html", {"edition": self.edition, "days": days})

    def day_of(self, visit: Session):
        starts_at = visit.starts_at  # type: ignore[attr-defined]
        return starts_at and starts_at.astimezone(self.edition.tz).date()


class OfBus(BoardingPage):
    """Something about one bus of the edition."""

    @cached_property
    def bus(self) -> Bus:
        rows = Bus.objects.select_related("session__edition", "session__booking")
        return get_object_or_404(rows, pk=self.kwargs["bus"], session__edition=self.edition)


class BusRoll(OfBus):
    """Who is aboard, at the start or after a stop: ticked by a thumb."""

    http_method_names = ["get", "head", "options", "post"]

    @cached_property
    def stop(self) -> VisitStop | None:
        """The stop that the address names; none is the start."""
        text = self.request.GET.get("stop", "")
        if not text:
            return None
        if not text.isdecimal() or len(text) > 18:
            raise Http404
        stops = VisitStop.objects.select_related("park")
        return get_object_or_404(stops, pk=int(text), session=self.bus.session_id)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, status: int = 200, refusal: str = "") -> HttpResponse:
        context = {
            "edition": self.edition,
            "bus": self.bus,
            "roll": boarding.roll_of(self.bus, self.stop),
            "stops": boarding.stops_of(self.bus.session),
            "may_tick": self.request.user.has_perm("attendees.add_boarding"),
            "refusal": refusal,
        }
        return render(self.request, "attendees/boarding.html", context, status=status)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("attendees.add_boarding"):
            raise PermissionDenied
        self.bus, self.stop  # noqa: B018  either may be nobody's: 404 before anything is done
        try:
            mark = self.do(request)
        except ValidationError as refusal:
            return self.page(422, " ".join(refusal.messages))
        return redirect(f"{request.get_full_path()}{mark}")

    def do(self, request: HttpRequest) -> str:
        """Do what the button says; return the place on the page where it stands."""
        if "rest" in request.POST:
            boarding.tick_the_rest(bus=self.bus, stop=self.stop, by=request.user)
            return ""
        for name in ["tick", "untick"]:
            if name in request.POST:
                return self.mark(name, request.POST[name])
        return ""

    def mark(self, name: str, text: str) -> str:
        if not text.isdecimal() or len(text) > 18:
            raise Http404
        if name == "tick":
            boarding.tick(int(text), bus=self.bus, stop=self.stop, by=self.request.user)
        else:
            boarding.untick(int(text), bus=self.bus, stop=self.stop)
        return f"#r{text}"


class BoardingListPdf(OfBus):
    """The list of a bus on paper."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        drawn = bus_paper.draw_list(self.bus, self.language)
        return download(
            BytesIO(drawn), f"{self.bus.session.code}-{self.bus.pk}.pdf", "application/pdf"
        )


class BoardingListXlsx(OfBus):
    """The list of a bus as a spreadsheet."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        written = bus_paper.write_list(self.bus)
        return download(
            BytesIO(written), f"{self.bus.session.code}-{self.bus.pk}.xlsx", bus_paper.XLSX
        )


class Briefing(BoardingPage):
    """What everybody who looks after a visit has in hand."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        visits = Session.objects.filter(edition=self.edition, kind=Session.Kind.VISIT)
        visit = get_object_or_404(
            visits.select_related("edition", "booking"), code=self.kwargs["code"]
        )
        if visit.booking is None:
            raise Http404(_("This visit has no time yet."))
        drawn = bus_paper.draw_briefing(visit, self.language)
        return download(BytesIO(drawn), f"{visit.code}-briefing.pdf", "application/pdf")
