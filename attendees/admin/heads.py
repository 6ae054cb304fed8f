"""The head of a guest's page: who it is, how things stand, what can be done now."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from attendees.models import Duplicate, Person
from attendees.timeline import chapters_of, thread_of
from hrconf.mailing.models import Suppression
from hrconf.mailing.suppressions import stops_of
from hrconf.office.links import office_link


@dataclass(frozen=True)
class Link:
    """Something that can be done or looked at from here."""

    title: str
    url: str
    icon: str


@dataclass
class Head:
    """What stands above the form of a guest."""

    names: str
    line: str
    email: str
    phone: str
    badges: list[SafeString] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)


def head_of(person: Person) -> Head:
    parts = [person.title, person.organization, person.country.name]
    return Head(
        names=person.both_names,
        line=" · ".join(str(part) for part in parts if part),
        email=person.email,
        phone=person.phone.as_international if person.phone else "",
        stops=[stop_line(stop) for stop in stops_of(person.email)] if person.email else [],
    )


def stop_line(stop: Suppression) -> str:
    """Since when and why an address is not mailed, in a sentence."""
    words = {
        "day": date_format(localtime(stop.created_at), "DATE_FORMAT"),
        "reason": " · ".join(filter(None, [stop.get_reason_display(), stop.detail])),
    }
    if stop.stops_all:
        return _("No mail to this address since %(day)s: %(reason)s") % words
    return _("No news and reminders to this address since %(day)s: %(reason)s") % words


class ThreadMixin:
    """A change page with the person's head and thread."""

    change_form_template = "admin/office/change_with_thread.html"

    def person_of(self, row: Model) -> Person:
        """The human whose thread the page shows."""
        return row.person

    def head_links(self, request: HttpRequest, row: Model) -> list[Link]:
        """What can be done with the row from its page."""
        return []

    def head_badges(self, row: Model) -> list[SafeString]:
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            person = self.person_of(obj)
            head = head_of(person)
            head.badges = self.head_badges(obj)
            head.links = self.head_links(request, obj)
            chapters = chapters_of(thread_of(person, request.user))
            context.update(head=head, chapters=chapters)
        return super().render_change_form(request, context, add, change, form_url, obj)


def deed_links(office, request: HttpRequest, row: Model, names: list[str]) -> list[Link]:
    """Links to the pages of deeds for one row, and back here."""
    query = urlencode({"ids": row.pk, "next": request.path})
    return [
        Link(str(deed.title), f"{office.deed_url(deed)}?{query}", deed.icon)
        for deed in office.deeds_of(request.user)
        if deed.name in names
    ]


def link_to(row: Model | None, request: HttpRequest, title: str, icon: str) -> list[Link]:
    """A link to another row's page, for who may see it."""
    url = office_link(row, request.user) if row else ""
    return [Link(title, url, icon)] if url else []


def invite_link(person: Person, request: HttpRequest) -> list[Link]:
    """Where an invitation for the person is drawn up."""
    if not request.user.has_perm("attendees.add_invitation"):
        return []
    url = reverse("admin:attendees_invitation_add")
    return [Link(_("Draw up an invitation"), f"{url}?person={person.pk}", "mail")]


def doubles_link(person: Person, request: HttpRequest) -> list[Link]:
    """The page that compares the person with the likeliest double, for who may see it."""
    if not request.user.has_perm("attendees.view_duplicate"):
        return []
    pair = Duplicate.objects.open().about(person.pk).first()
    return link_to(pair, request, _("A possible double"), "compare_arrows")
