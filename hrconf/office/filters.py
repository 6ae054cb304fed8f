"""Filters of the office's lists. Each is a GET parameter, so an address keeps them."""

from django.utils.translation import gettext as _
from django_countries import countries
from unfold.contrib.filters.admin import MultipleDropdownFilter


class CountryFilter(MultipleDropdownFilter):
    """Countries and regions that occur among the rows; several may be chosen.

    A subclass says where the code is, as in `path = "person__country"`.
    """

    path = "country"
    parameter_name = "country"

    def __init__(self, *args, **kwargs):
        self.title = _("country or region")
        super().__init__(*args, **kwargs)

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        rows = self.rows(model_admin).exclude(**{self.path: ""})
        codes = rows.order_by().values_list(self.path, flat=True).distinct()
        named = [(code, str(countries.name(code)) or code) for code in codes]
        return sorted(named, key=lambda pair: pair[1])

    def rows(self, model_admin):
        """Where to look for countries that occur."""
        return model_admin.model.objects

    def queryset(self, request, queryset):
        chosen = [code for code in self.value() or [] if code]
        return queryset.filter(**{f"{self.path}__in": chosen}) if chosen else queryset
