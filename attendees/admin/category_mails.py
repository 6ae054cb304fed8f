"""The words with which a category's mails begin: written in its page, looked at as they go out."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from attendees.admin.campaign_pages import LANGUAGES
from attendees.admin.campaigns import placeholder_list
from attendees.models import Category, CategoryMail, Registration
from attendees.services.category_letters import letter_shown
from attendees.services.category_mails import Occasion, check_words
from attendees.services.registrations import registrations_shown
from hrconf.office.admin import TranslatedInline, pair
from hrconf.office.widgets import OfficeFormSet

MOST_SHOWN = 200  # registrations that can be paged through; the newest


class MailForm(forms.ModelForm):
    """Texts with placeholders that somebody of this occasion has."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in pair("text"):
            try:
                check_words(cleaned.get(name) or "", cleaned.get("occasion", ""))
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return cleaned


class MailFormSet(OfficeFormSet):
    """A row for each occasion; one that stays empty is not kept."""

    def __init__(self, *args: Any, instance: Category | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = [{"occasion": one} for one in missing_of(instance)]
        super().__init__(*args, instance=instance, **kwargs)


class MailInline(TranslatedInline):
    model = CategoryMail
    form = MailForm
    formset = MailFormSet
    fields = ["occasion", *pair("text")]
    template_before = "admin/office/_category_mails.html"
    can_delete = False
    max_num = len(Occasion.values)

    def get_extra(self, request: HttpRequest, obj: Category | None = None, **kwargs: Any) -> int:
        return len(missing_of(obj))


def missing_of(category: Category | None) -> list[str]:
    """The occasions for which a category has no words yet."""
    known = category.mails.values_list("occasion", flat=True) if category and category.pk else []
    return [one for one in Occasion.values if one not in known]


class MailsMixin:
    """Gives a category's page its mails, and a page on which they are read."""

    inlines = [MailInline]
    change_form_template = "admin/office/category_change.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.mails_view)
        return [path("<int:pk>/mails/", view, name="attendees_category_mails"), *super().get_urls()]

    def render_change_form(self, request, context, *args, **kwargs):
        context["placeholder_list"] = placeholder_list()
        return super().render_change_form(request, context, *args, **kwargs)

    def mails_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A mail as somebody of the category gets it, what was filled in marked."""
        category = get_object_or_404(self.get_queryset(request).select_related("edition"), pk=pk)
        if not self.has_view_permission(request, category):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": category,
            "title": _("Mails of the category"),
            "occasions": Occasion.choices,
            "languages": LANGUAGES,
            **shown(category, request.GET),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/category_mails.html", context)


def shown(category: Category, query: Any) -> dict[str, Any]:
    """The chosen registration or the newest, who is before and after it, and its letter."""
    occasion = query.get("occasion", "")
    occasion = occasion if occasion in Occasion.values else Occasion.RECEIVED.value
    rows = Registration.objects.filter(category=category).order_by("-created_at", "-pk")
    keys = list(rows.values_list("pk", flat=True)[:MOST_SHOWN])
    if not keys:
        return {"occasion": occasion, "row": None}
    asked = query.get("row", "")
    place = keys.index(int(asked)) if asked.isdecimal() and int(asked) in keys else 0
    row = registrations_shown().get(pk=keys[place])
    language = query.get("language", "")
    language = language if language in dict(LANGUAGES) else row.person.preferred_language
    return {
        "occasion": occasion,
        "row": row,
        "place": place + 1,
        "count": len(keys),
        "before": keys[place - 1] if place else None,
        "after": keys[place + 1] if place + 1 < len(keys) else None,
        "language": language,
        "letter": letter_shown(row, occasion, language),
    }
