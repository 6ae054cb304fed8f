"""The office's menu: what a person may open, in the order of an organizer's day."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


class Place(NamedTuple):
    """A page of the menu: the list of a model, named without importing it, or one beside it.

    It takes the right to look at the model, or the one that is named.
    """

    model: str
    title: object
    icon: str
    page: str = "changelist"
    right: str = ""


class Part(NamedTuple):
    """A heading of the menu and its pages; rarely needed ones start folded."""

    title: object
    places: list[Place]
    is_folded: bool = False


# Stands above all parts; its model decides who may open it.
MY_WORK = Place("events.edition", _("My work"), "task_alt", "work")
MENU = [
    Part(
        _("Guests"),
        [
            Place("attendees.registration", _("Registrations"), "how_to_reg"),
            Place(
                "attendees.registration",
                _("To decide on"),
                "gavel",
                "deciding",
                right="attendees.change_registration",
            ),
            Place(
                "attendees.answerchange",
                _("Changes to approve"),
                "rule",
                right="attendees.view_answers",
            ),
            Place("attendees.wait", _("Waiting lists"), "queue"),
            Place("attendees.category", _("Places at a glance"), "event_available", "places"),
            Place("attendees.invitation", _("Invitations"), "mail"),
            Place("attendees.invitation", _("My guests"), "favorite", "follow_up"),
            Place("attendees.invitation", _("Funnel of invitations"), "filter_alt", "funnel"),
            Place(
                "attendees.registration",
                _("Registrations in charts"),
                "bar_chart",
                "charts",
                right="attendees.view_invitation",
            ),
            Place("attendees.person", _("People"), "person"),
            Place("attendees.association", _("Associations"), "groups"),
            Place("attendees.delegation", _("Delegations"), "flag"),
            Place("attendees.guestlist", _("Guest lists"), "upload_file"),
            Place("attendees.form", _("Forms"), "list_alt"),
            Place("attendees.duplicate", _("Possible doubles"), "compare_arrows"),
            Place("attendees.checkin", _("Check-ins"), "login"),
            Place("attendees.visarequest", _("Visa letter requests"), "travel"),
            Place("attendees.visaletter", _("Register of visa letters"), "menu_book"),
        ],
    ),
    Part(
        _("Projects"),
        [
            Place("projects.project", _("Projects"), "rocket_launch"),
            Place("projects.project", _("Pipeline of projects"), "view_kanban", "pipeline"),
            Place("projects.application", _("Applications"), "inbox"),
            Place("projects.call", _("Calls for projects"), "campaign"),
            Place("projects.callkind", _("Kinds of projects"), "category"),
            Place("projects.projectcode", _("Invitation codes"), "password"),
            Place("projects.projectlist", _("Project lists"), "upload_file"),
            Place("projects.reviewphase", _("Screening"), "fact_check"),
            Place("projects.reviewer", _("Reviewers"), "rate_review"),
            Place("projects.eligibilityitem", _("Eligibility checklist"), "checklist"),
            Place("projects.selectionquota", _("Sector quotas"), "pie_chart"),
            Place("projects.blindtext", _("Anonymised texts"), "visibility_off"),
            Place("projects.decisionletter", _("Letters of decision"), "menu_book"),
            Place("projects.showcasepage", _("Public pages"), "storefront"),
            Place("projects.projectlink", _("Possible matches"), "compare_arrows"),
            Place("projects.meeting", _("Meetings"), "handshake"),
            Place("projects.round", _("Competition"), "trophy"),
            Place("projects.competition", _("Competitions"), "emoji_events"),
            Place("projects.sector", _("Sectors"), "category"),
        ],
    ),
    Part(
        _("Agreements"),
        [
            Place("agreements.agreement", _("Agreements"), "contract"),
            Place("agreements.party", _("Parties"), "apartment"),
            Place("agreements.exchangerate", _("Exchange rates"), "currency_exchange"),
        ],
    ),
    Part(
        _("Programme"),
        [
            Place("events.edition", _("Schedule editor"), "calendar_view_day", "editor"),
            Place("events.session", _("Sessions"), "event"),
            Place("events.speaker", _("Speakers"), "record_voice_over"),
            Place("events.track", _("Tracks"), "label"),
            Place("events.release", _("Releases"), "publish"),
            Place("events.scheduleimport", _("Schedule imports"), "upload_file"),
            Place("events.plannedrelease", _("Planned releases"), "schedule_send"),
            Place("events.booking", _("Bookings"), "event_available"),
            Place("events.feedback", _("Feedback"), "reviews"),
            Place("attendees.seat", _("Seats"), "event_seat"),
            Place("events.bus", _("Buses"), "directions_bus"),
        ],
    ),
    Part(
        _("Mail"),
        [
            Place("attendees.campaign", _("Campaigns"), "campaign"),
            Place("attendees.audience", _("Audiences"), "group_search"),
            Place("mailing.message", _("Outbox"), "outbox"),
            Place("office.donedeed", _("Deeds done"), "undo"),
            Place("mailing.batch", _("Batches"), "stacked_email"),
            Place("mailing.suppression", _("Stopped addresses"), "unsubscribe"),
            Place("mailing.bounce", _("Returned messages"), "assignment_return"),
            Place("attendees.reminderrule", _("Reminder rules"), "notifications"),
        ],
    ),
    Part(
        _("Places"),
        [
            Place("events.venue", _("Venues"), "location_city"),
            Place("events.room", _("Rooms"), "meeting_room"),
            Place("events.park", _("Industrial parks"), "factory"),
            Place("events.district", _("Districts"), "map"),
        ],
        is_folded=True,
    ),
    Part(
        _("Set-up"),
        [
            MY_WORK,
            Place("events.edition", _("Editions"), "calendar_month"),
            Place("attendees.category", _("Categories"), "badge"),
            Place("attendees.columnmap", _("Remembered columns"), "table"),
            Place("attendees.merge", _("Merges"), "merge"),
            Place("attendees.erasure", _("Erasures"), "ink_eraser"),
            Place("attendees.visareveal", _("Looks at passport data"), "visibility"),
            Place("events.recordedtotal", _("Recorded totals"), "history"),
            Place("events.series", _("Series"), "repeat"),
            Place("jobs.job", _("Jobs"), "pending_actions"),
            Place("accounts.user", _("Users"), "manage_accounts"),
            Place("auth.group", _("Roles"), "shield_person"),
        ],
        is_folded=True,
    ),
]


def navigation(request: HttpRequest) -> list[dict]:
    """The menu of the person who asks, in unfold's words."""
    home = {"title": _("Dashboard"), "icon": "space_dashboard", "link": reverse("admin:index")}
    parts = [as_group(part, may_view(request), request.path) for part in MENU]
    work = [item for part in parts for item in part["items"] if item["link"] == link_to(MY_WORK)]
    return [{"items": [home, *work]}, *(part for part in without(work, parts) if part["items"])]


def without(items: list[dict], parts: list[dict]) -> list[dict]:
    """The parts, without what stands above them."""
    return [{**part, "items": [one for one in part["items"] if one not in items]} for part in parts]


def may_view(request: HttpRequest) -> Callable[[Place], bool]:
    """Whether a person may look at the rows of a place."""

    def allowed(place: Place) -> bool:
        app, model = place.model.split(".")
        return request.user.has_perm(place.right or f"{app}.view_{model}")

    return allowed


def as_group(part: Part, allowed: Callable[[Place], bool], path: str) -> dict:
    links = [(place, link_to(place)) for place in part.places if allowed(place)]
    # Of a list and a page beside it only one is where we are.
    here = max((link for _, link in links if link and path.startswith(link)), key=len, default="")
    return {
        "title": part.title,
        "collapsible": part.is_folded,
        "items": [
            {"title": place.title, "icon": place.icon, "link": link, "active": link == here}
            for place, link in links
            if link
        ],
    }


def link_to(place: Place) -> str:
    """The address of a model's page, empty where the office has none."""
    try:
        return reverse(f"admin:{place.model.replace('.', '_')}_{place.page}")
    except NoReverseMatch:
        return ""
