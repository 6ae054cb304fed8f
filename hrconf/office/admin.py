"""The classes that every admin of the office builds on."""

from collections.abc import Sequence

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.db import models
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from hrconf.office.viewing import ViewsMixin
from hrconf.office.widgets import KnownAutocomplete, OfficeFormSet

SMALL_TEXT = {"rows": 4}


def pair(field: str) -> tuple[str, str]:
    """Both languages of a translated column, side by side on one line of a form."""
    return (f"{field}_en", f"{field}_zh_hans")


def only_adding(widget: RelatedFieldWidgetWrapper) -> None:
    """Of the buttons beside a foreign key keep the one that adds a row."""
    widget.can_change_related = widget.can_delete_related = widget.can_view_related = False


class OfficeAdmin(ViewsMixin, ModelAdmin):
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

    # Fields that are chosen once, when a row is made.
    fixed_fields: Sequence[str] = ()

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.fixed_fields] if obj else fields

    def render_change_form(self, request, context, *args, **kwargs):
        # One button too many where rows are not typed in one after the other.
        context["show_save_and_add_another"] = not context.get("original")
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions(self, request) -> dict:
        """No deleting of many rows at once: one mistaken click would lose guests."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, ArrayField):
            kwargs["widget"] = UnfoldAdminTextInputWidget()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, UnfoldAdminTextareaWidget):
            field.widget.attrs.update(SMALL_TEXT)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            only_adding(field.widget)
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
    hide_title = True
    select_related: list[str] = []

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.select_related)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TranslatedInline(OfficeInline, TranslationTabularInline):
    """The same, for child models with columns in both languages."""
