"""The classes that every admin of the office builds on."""

from django.db import models
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from hrconf.office.widgets import KnownAutocomplete, OfficeFormSet

SMALL_TEXT = {"rows": 4}


def pair(field: str) -> tuple[str, str]:
    """Both languages of a translated column, side by side on one line of a form."""
    return (f"{field}_en", f"{field}_zh_hans")


class OfficeAdmin(ModelAdmin):
    """An admin whose lists cost the same at one row and at ten thousand."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    list_filter_submit = True
    list_fullwidth = True
    compressed_fields = False
    warn_unsaved_form = True
    save_on_top = False
    actions_on_bottom = False

    def get_actions(self, request) -> dict:
        """No deleting of many rows at once: one mistaken click would lose guests."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, UnfoldAdminTextareaWidget):
            field.widget.attrs.update(SMALL_TEXT)
        return field


class TranslatedAdmin(OfficeAdmin, TranslationAdmin):
    """The same, for models with columns in both languages."""


class LookOnly:
    """Rows that services write: the office may look at them, not edit them."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class OfficeInline(TabularInline):
    """Rows of a child model inside its parent's page; one query however many."""

    formset = OfficeFormSet
    extra = 0
    select_related: list[str] = []

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.select_related)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TranslatedInline(OfficeInline, TranslationTabularInline):
    """The same, for child models with columns in both languages."""
