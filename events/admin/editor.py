"""The editor of the programme: a grid of rooms by time, and the same by form."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from events.forms.placing import BlockForm, PlaceForm, initial_of
from events.languages import long_day, short_day
from events.models import Edition, Session
from events.services.blocks import block_room, copy_to_all_rooms, open_room
from events.services.edits import TITLES, edit_session
from events.services.grid import grid_of, local
from events.services.placing import Place, may_edit, may_edit_all, place, resize, swap, unschedule
from events.services.steps import revision
from events.services.undoing import redo, undo
from events.services.warnings import plan_of
from events.services.ways_out import ways_out
from hrconf.accounts.models import User

View = Callable[..., HttpResponse]
SIGHT = ["events.view_edition", "events.view_session"]


class EditorMixin:
    """Gives the editions' admin the editor and what it asks for."""

    def get_urls(self) -> list:
        pages = [
            ("editor/", editor_view, "editor"),
            ("<int:pk>/editor/state/", state_view, "editor_state"),
            ("<int:pk>/editor/check/", check_view, "editor_check"),
            ("<int:pk>/editor/do/", do_view, "editor_do"),
            ("editor/session/<int:pk>/", session_view, "editor_session"),
            ("<int:pk>/editor/block/", block_view, "editor_block"),
        ]
        mine = [
            path(where, self._guarded(view), name=f"events_edition_{name}")
            for where, view, name in pages
        ]
        return [*mine, *super().get_urls()]

    def _guarded(self, view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perms(SIGHT):
                raise PermissionDenied
            request.current_app = self.admin_site.name
            request.office = {**self.admin_site.each_context(request), "opts": self.opts}
            return view(request, **kwargs)

        return self.admin_site.admin_view(guarded)


@require_GET
def editor_view(request: HttpRequest) -> HttpResponse:
    """The grid; the same sessions as a list for who has no JavaScript or a phone."""
    slug = request.GET.get("edition", "").replace("\x00", "")
    edition = Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()
    day = asked_day(request)
    grid = grid_of(edition, request.user, day) if edition else {"events": [], "unscheduled": []}
    rooms = {one["id"]: one for one in grid.get("rooms", [])}
    context = {
        **request.office,
        "title": _("Schedule editor"),
        "edition": edition,
        "board": {"edition": edition},
        "grid": grid,
        "words": words(),
        "days": [
            (day, short_day(date.fromisoformat(day)), number)
            for day, number in grid.get("days", {}).items()
        ],
        "listed": _listed(grid, rooms),
        "tracks": edition.tracks.all() if edition else [],
        "kinds": Session.Kind.choices,
        "titles": list(zip(TITLES, ["English", "中文"], strict=True)),
        "steps": [5, 10, 15, 30, 60],
        "venues": list(dict.fromkeys(one["venue"] for one in rooms.values())),
    }
    return TemplateResponse(request, "admin/office/editor.html", context)


def asked_day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _listed(grid: dict[str, Any], rooms: dict[int, Any]) -> list[tuple[str, list[dict]]]:
    """Sessions of the day, those without a time first."""
    found = {_("Without a time"): grid["unscheduled"]} if grid["unscheduled"] else {}
    for one in sorted(grid["events"], key=lambda one: (one["start"], one["room"])):
        day = long_day(datetime.fromisoformat(one["start"]).date())
        room = rooms.get(one["room"])
        row = {**one, "clock": one["start"][11:16], "place": room["name"] if room else ""}
        found.setdefault(day, []).append(row)
    return list(found.items())


def words() -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "noRoom": _("No room"),
        "done": _("Done."),
        "free": _("Nothing speaks against it."),
        "lost": _("The connection is lost. Nothing was changed."),
        "others": _("Somebody changed the programme; the grid shows it."),
        "unreleased": _("not released yet"),
        "retold": _("changed since the last release"),
        "warned": _("warnings"),
        "readOnly": _("of another track"),
        "minutes": _("min"),
        "chairs": _("chairs"),
        "edit": _("Day, time, room"),
        "copy": _("Copy to all free rooms"),
        "takeOut": _("Take out of the grid"),
        "open": _("Open the room again"),
        "close": _("Close"),
        "none": _("Every session has a time."),
    }


@require_GET
def state_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid, or 204 if nothing changed since the revision that was seen."""
    if request.GET.get("seen") == str(revision(pk)):
        return HttpResponse(status=204)
    edition = get_object_or_404(Edition, pk=pk)
    return JsonResponse(grid_of(edition, request.user, asked_day(request)))


@require_GET
def check_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What speaks against a session at a place, and the ways out, asked while dragging."""
    edition = get_object_or_404(Edition, pk=pk)
    try:
        at = asked_place(request.GET, edition)
        session_id = int(request.GET["session"])
    except (KeyError, ValueError, OverflowError):
        return refusal(_("That is no time or no room."))
    plan = plan_of(edition)
    session = get_object_or_404(Session, pk=session_id, edition=edition)
    warned = plan.warnings(session, at.starts_at, at.minutes, at.room)
    found = ways_out(plan, session, at.starts_at, at.minutes, at.room, warned)
    ways = [{**one.as_json(), "start": local(one.start, edition)} for one in found]
    return JsonResponse({"warnings": [one.as_json() for one in warned], "ways": ways})


def asked_place(asked: Any, edition: Edition) -> Place:
    """A place as the browser says it: a local time, minutes, a room or 0."""
    start = datetime.fromisoformat(str(asked["start"]))
    if start.tzinfo or not 1970 < start.year < 2200:
        raise ValueError("not a time of the host city")
    room = int(asked["room"])
    if room not in range(2**63):
        raise ValueError("not a key")
    return Place(start.replace(tzinfo=edition.tz), int(asked["minutes"]), room or None)


@require_POST
def do_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step, as JSON says; a refusal is a sentence, and nothing is changed."""
    edition = get_object_or_404(Edition, pk=pk)
    try:
        asked = json.loads(request.body)
        deed = DEEDS[asked["do"]]
        deed(request, edition, asked)
    except ValidationError as no:
        status = 403 if getattr(no, "code", "") == "not_yours" else 409
        return refusal(" ".join(no.messages), status)
    except (KeyError, TypeError, ValueError, Session.DoesNotExist):
        return refusal(_("That is no time or no room."))
    return JsonResponse({"revision": revision(edition.pk)})


def refusal(text: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"refusal": text}, status=status)


def _session(edition: Edition, asked: dict[str, Any]) -> dict[str, Any]:
    """The session meant, which is of this edition, and the revision the browser saw."""
    pk = Session.objects.values_list("pk", flat=True).get(pk=asked["session"], edition=edition)
    return {"pk": pk, "seen": int(asked["seen"])}


def do_place(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    place(**_session(edition, asked), to=asked_place(asked, edition), by=request.user)


def do_resize(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    resize(**_session(edition, asked), minutes=int(asked["minutes"]), by=request.user)


def do_unschedule(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    unschedule(**_session(edition, asked), by=request.user)


def do_swap(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    swap(**_session(edition, asked), other=int(asked["other"]), by=request.user)


def do_copy(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    copy_to_all_rooms(**_session(edition, asked), by=request.user)


def do_open(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    block = edition.blocks.filter(pk=asked["block"]).first()
    if block is None:
        raise ValidationError(_("The room is open already."))
    open_room(block.pk, by=request.user)


def do_block(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    at, reason = asked_place(asked, edition), str(asked["reason"])[:200]
    block_room(edition.pk, at=at, reason=reason, by=request.user)


def do_edit(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    texts = {name: str(asked[name]).strip() for name in [*TITLES, "kind"] if name in asked}
    if "capacity" in asked:
        texts["capacity"] = int(asked["capacity"]) if asked["capacity"] else None
    minutes = int(asked["minutes"])
    edit_session(**_session(edition, asked), texts=texts, minutes=minutes, by=request.user)


def do_redo(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    redo(edition.pk, by=request.user)


def do_undo(request: HttpRequest, edition: Edition, asked: dict[str, Any]) -> None:
    undo(edition.pk, by=request.user)


DEEDS = {
    "place": do_place,
    "resize": do_resize,
    "unschedule": do_unschedule,
    "swap": do_swap,
    "copy": do_copy,
    "open": do_open,
    "block": do_block,
    "edit": do_edit,
    "redo": do_redo,
    "undo": do_undo,
}


def session_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Place a session by form; warnings come before it is done, unless one insists."""
    session = get_object_or_404(Session.objects.select_related("edition", "booking"), pk=pk)
    edition, may = session.edition, may_edit(request.user, session)
    data = request.POST if request.method == "POST" else None
    if data is not None and not may:
        raise PermissionDenied
    initial = initial_of(session, revision(edition.pk))
    form = PlaceForm(data, edition=edition, initial=initial)
    context = {"session": session, "form": form, "may_edit": may, "edition": edition}
    if data is not None and "undo" in data:
        return _try(request, edition, lambda: undo(edition.pk, by=request.user))
    if data is not None and data.get("swap", "").isdecimal():
        deed = lambda: swap(pk, other=int(data["swap"]), seen=_seen(data), by=request.user)  # noqa: E731
        return _try(request, edition, deed)
    if data is not None and "take_out" in data:
        deed = lambda: unschedule(pk, seen=_seen(data), by=request.user)  # noqa: E731
        return _try(request, edition, deed)
    at = form.place if form.is_valid() else Place.of_booking(session.booking)
    if at and not form.errors:
        context |= _judged(session, at)
    is_agreed = data is not None and not {"insist", "capacity"}.isdisjoint(data)
    if form.is_bound and form.is_valid() and not (context["warned"] and not is_agreed):
        try:
            _place(session, form, data, request.user)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            messages.success(request, _("%(what)s has its time and room.") % {"what": session})
            return redirect(editor_link(edition))
    return TemplateResponse(
        request, "admin/office/editor_session.html", {**request.office, "title": session, **context}
    )


@transaction.atomic
def _place(session: Session, form: PlaceForm, data: Any, by: User) -> None:
    """Place it as the form says; with as many seats as the room has, if that was the way out."""
    seen = form.cleaned_data["seen"]
    place(session.pk, to=form.place, seen=seen, by=by)
    if data.get("capacity", "").isdecimal():
        seats = {"capacity": int(data["capacity"])}
        edit_session(session.pk, texts=seats, minutes=form.place.minutes, by=by)


def _seen(data: Any) -> int | None:
    return int(data["seen"]) if data.get("seen", "").isdecimal() else None


def _judged(session: Session, at: Place) -> dict[str, Any]:
    plan = plan_of(session.edition)
    warned = plan.warnings(session, at.starts_at, at.minutes, at.room)
    ways = ways_out(plan, session, at.starts_at, at.minutes, at.room, warned)
    tz = session.edition.tz
    local = [(way, timezone.localtime(way.start, tz)) for way in ways]
    return {"warned": warned, "ways": local, "asked": at}


def _try(request: HttpRequest, edition: Edition, deed: Callable[[], Any]) -> HttpResponse:
    try:
        deed()
    except ValidationError as no:
        messages.error(request, " ".join(no.messages))
    else:
        messages.success(request, _("Done."))
    return redirect(editor_link(edition))


def editor_link(edition: Edition) -> str:
    return f"{reverse('admin:events_edition_editor')}?edition={edition.slug}"


def block_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Block a room by form, with the reason."""
    if not may_edit_all(request.user):
        raise PermissionDenied
    edition = get_object_or_404(Edition, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = BlockForm(data, edition=edition, initial={"minutes": 60})
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _try(
            request,
            edition,
            lambda: block_room(edition.pk, at=form.place, reason=reason, by=request.user),
        )
    context = {"title": _("Block a room"), "form": form, "edition": edition}
    return TemplateResponse(
        request, "admin/office/editor_block.html", {**request.office, **context}
    )
