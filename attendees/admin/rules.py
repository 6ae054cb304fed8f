"""Categories of attendees."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from attendees.admin.category_mails import MailsMixin
from attendees.models import Category
from attendees.services.capacity import Places, places_of
from events.admin.defaults import StartsWithEdition
from events.models import Edition
from hrconf.office.admin import TranslatedAdmin, pair


@admin.register(Category)
class CategoryAdmin(MailsMixin, StartsWithEdition, TranslatedAdmin):
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

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.places_view)
        return [path("places/", view, name="attendees_category_places"), *super().get_urls()]

    def places_view(self, request: HttpRequest) -> HttpResponse:
        """Every limited thing of an edition: taken, offered, waited for, free."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        slug = request.GET.get("edition", "").replace("\x00", "")
        edition = Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()
        parts: dict[str, list[Places]] = {}
        for one in places_of(edition) if edition else []:
            parts.setdefault(one.part, []).append(one)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Places at a glance"),
            "edition": edition,
            "editions": Edition.objects.order_by("-starts_on"),
            "parts": list(parts.items()),
            "may_see_waits": request.user.has_perm("attendees.view_wait"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/places.html", context)

    @admin.display(description=_("needs approval"), boolean=True, ordering="needs_approval")
    def approval(self, category: Category) -> bool:
        return category.needs_approval
