"""People named in applications who are no people of the system yet: cleared with the person."""

from django.db.models import Model, Q

from attendees.models import Person
from attendees.services.leftovers import clears
from attendees.services.traces import Traces
from projects.models import ApplicationRequest, Takeover, TeamMember


@clears("projects.ApplicationRequest")
def clear_requests(people: list[Person], traces: Traces) -> int:
    """Requests to apply whose address nobody has proven."""
    return _delete(ApplicationRequest, Q(application=None), people, traces)


@clears("projects.TeamMember")
def clear_members(people: list[Person], traces: Traces) -> int:
    """Members of teams who were asked and never answered."""
    return _delete(TeamMember, Q(person=None), people, traces)


@clears("projects.Takeover")
def clear_takeovers(people: list[Person], traces: Traces) -> int:
    """Applications that were offered and never taken over."""
    return _delete(Takeover, Q(person=None), people, traces)


def _delete(model: type[Model], open_ones: Q, people: list[Person], traces: Traces) -> int:
    addresses = [person.email.lower() for person in people if person.email]
    rows = model._default_manager.filter(open_ones)
    named = [one.pk for one in rows if traces.are_in([one.name_native, one.name_latin])]
    return rows.filter(Q(email__in=addresses) | Q(pk__in=named)).delete()[0]
