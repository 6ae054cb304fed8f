"""Categories of attendees."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from attendees.models import Category
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import TranslatedAdmin, pair


@admin.register(Category)
class CategoryAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "kind", "edition", "capacity", "opens_at", "closes_at", "approval"]
    list_filter = [("edition", RelatedDropdownFilter), ("kind", ChoicesDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["edition", "form"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    ("edition", "kind", "position"),
                    ("opens_at", "closes_at"),
                    ("form", "changes_until"),
                    ("capacity", "max_companions"),
                    ("needs_approval", "is_open_to_all"),
                    pair("covers"),
                ]
            },
        )
    ]

    @admin.display(description=_("needs approval"), boolean=True, ordering="needs_approval")
    def approval(self, category: Category) -> bool:
        return category.needs_approval
