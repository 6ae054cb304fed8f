"""Filters of the guests' lists. They are GET parameters, so an address keeps them."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, MultipleDropdownFilter

from attendees.models import Association, Category, Person, Registration
from attendees.services.following import STAGES, stage
from hrconf.accounts.models import User
from hrconf.mailing.models import Batch
from hrconf.office.filters import CountryFilter

HOST_ZONE = ZoneInfo(settings.TIME_ZONE)


class PersonCountryFilter(CountryFilter):
    """Where the person of a row comes from; people are fewer than what refers to them."""

    path = "person__country"

    def lookups(self, request, model_admin):
        self.path, path = "country", self.path
        found = super().lookups(request, model_admin)
        self.path = path
        return found

    def rows(self, model_admin):
        return Person.objects


class KindFilter(MultipleDropdownFilter):
    """The kind of category, whichever edition it is of."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        return Category.Kind.choices

    def queryset(self, request, queryset):
        chosen = [kind for kind in self.value() or [] if kind]
        return queryset.filter(category__kind__in=chosen) if chosen else queryset


class AssociationFilter(DropdownFilter):
    """Sent by an association: by its invitation or in its delegation."""

    title = _("association")
    parameter_name = "association"

    def lookups(self, request, model_admin):
        return [(str(pk), name) for pk, name in Association.objects.values_list("pk", "name")]

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        pk = int(self.value())
        return queryset.filter(Q(invitation__association=pk) | Q(delegation__association=pk))


class ArrivalFilter(DropdownFilter):
    """Arrived, not arrived, or arrived on one day."""

    title = _("arrival")
    parameter_name = "arrived"

    def lookups(self, request, model_admin):
        day = TruncDate("arrived_at", tzinfo=HOST_ZONE)
        days = Registration.objects.arrived().order_by().values_list(day, flat=True).distinct()
        return [
            ("yes", _("Arrived")),
            ("no", _("Not arrived")),
            *((one.isoformat(), formats.date_format(one)) for one in sorted(days)),
        ]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value in {"yes", "no"}:
            return queryset.filter(arrived_at__isnull=value == "no")
        if day := parse_date(value):
            return queryset.annotate(arrival_day=TruncDate("arrived_at", tzinfo=HOST_ZONE)).filter(
                arrival_day=day
            )
        return queryset


class InvitedCountryFilter(PersonCountryFilter):
    """The same, where “none” stands for people of whom no country is known."""

    def queryset(self, request, queryset):
        if self.value() == ["none"]:
            return queryset.filter(person__country="")
        return super().queryset(request, queryset)


class SenderFilter(DropdownFilter):
    """The association that sends an invitation; “none” for those without."""

    title = _("association")
    parameter_name = "association"

    def lookups(self, request, model_admin):
        found = Association.objects.values_list("pk", "name")
        return [("none", _("None")), *((str(pk), name) for pk, name in found)]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "none":
            return queryset.filter(association=None)
        return queryset.filter(association=int(value)) if is_key(value) else queryset


class OwnerFilter(DropdownFilter):
    """Whose guests: one's own, somebody's of the office, nobody's."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        office = User.objects.filter(is_staff=True).order_by("name", "email")
        return [
            ("me", _("My guests")),
            ("none", _("Nobody's")),
            *((str(user.pk), str(user)) for user in office),
        ]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "me":
            return queryset.filter(owner=request.user)
        if value == "none":
            return queryset.filter(owner=None)
        return queryset.filter(owner=int(value)) if is_key(value) else queryset


class StageFilter(DropdownFilter):
    """How far the invitation has come, as the funnel counts it."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return list(STAGES.items())

    def queryset(self, request, queryset):
        return queryset.filter(stage(self.value())) if self.value() in STAGES else queryset


class BatchFilter(DropdownFilter):
    """The round in which a guest was invited."""

    title = _("batch")
    parameter_name = "batch"

    def lookups(self, request, model_admin):
        rounds = Batch.objects.filter(kind="invitation")[:50]
        return [("none", _("None")), *((str(batch.pk), batch.title) for batch in rounds)]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "none":
            return queryset.filter(batch=None)
        return queryset.filter(batch=int(value)) if is_key(value) else queryset


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isdecimal() and len(text) < 19
