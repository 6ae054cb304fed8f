"""What the audience said; the office reads it, and takes out what has no place there."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter

from events.models import Feedback
from events.models.feedback import MOST_STARS
from hrconf.office.admin import OfficeAdmin


@admin.register(Feedback)
class FeedbackAdmin(OfficeAdmin):
    """Read only: nobody edits another's opinion. What is abuse can be deleted."""

    list_display = ["session", "rating", "beginning", "given_at", "edition_year"]
    list_filter = [("session__edition", RelatedDropdownFilter), "stars"]
    search_fields = ["text", "session__title_en", "session__title_zh_hans", "session__code"]
    search_help_text = _("Words, or a session")
    list_select_related = ["session__edition"]
    ordering = ["-given_at", "-pk"]
    fieldsets = [(None, {"fields": ["session", "stars", "text", "language", "given_at"]})]

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("stars"), ordering="stars")
    def rating(self, feedback: Feedback) -> str:
        return "★" * feedback.stars + "☆" * (MOST_STARS - feedback.stars)

    @admin.display(description=_("text"))
    def beginning(self, feedback: Feedback) -> str:
        return f"{feedback.text[:79]}…" if len(feedback.text) > 80 else feedback.text

    @admin.display(description=_("edition"), ordering="session__edition__year")
    def edition_year(self, feedback: Feedback) -> int:
        return feedback.session.edition.year
