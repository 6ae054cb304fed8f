"""Form fields of the office."""

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from unfold.forms import PaginationInlineFormSet


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete field that is told what its value reads.

    Django's asks the database for the label of each one: twenty rows of an
    inline, twenty queries.
    """

    known: dict[str, str] = {}

    def optgroups(self, name, value, attr=None):
        if value and all(str(one) in self.known for one in value):
            options = [
                self.create_option(name, one, self.known[str(one)], value, index)
                for index, one in enumerate(value)
            ]
            return [(None, options, 0)]
        return super().optgroups(name, value, attr)


class OfficeFormSet(PaginationInlineFormSet):
    """Tells its autocomplete fields the labels that came with the rows."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = field.widget
            if isinstance(widget, RelatedFieldWidgetWrapper):
                widget = widget.widget
            if isinstance(widget, KnownAutocomplete):
                widget.known = known_labels(form.instance, name)


def known_labels(instance, name: str) -> dict[str, str]:
    """The label of a related row that is in memory already."""
    related = instance._state.fields_cache.get(name)
    return {str(related.pk): str(related)} if related else {}
