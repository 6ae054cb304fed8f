"""An empty list to fill in: all headings, an example, and what each column means."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from attendees.importing.columns import COLUMNS
from attendees.importing.columns import Column as Field
from hrconf.lib.sheets import Block, Column, Sheet, write_xlsx


def write_template(
    fields: Sequence[Field] = COLUMNS, *, title: str = "", name: str = ""
) -> io.BytesIO:
    """A workbook in the reader's language, ready to be read from its beginning."""
    file = io.BytesIO()
    sheets = [the_list(fields, name or _("Guests")), the_guide(fields)]
    write_xlsx(file, sheets, title=title or _("Guest list"))
    file.seek(0)
    return file


def the_list(fields: Sequence[Field], name: str) -> Sheet:
    headings = [Column(field.title) for field in fields]
    return Sheet.table(name, headings, [[field.example for field in fields]])


def the_guide(fields: Sequence[Field]) -> Sheet:
    """What each column means and by which other headings it is known."""
    titles = [_("Column"), _("English"), _("Chinese"), _("Meaning"), _("Also understood")]
    rows = [
        [field.key, field.english, field.chinese, str(field.help), ", ".join(field.others)]
        for field in fields
    ]
    return Sheet(_("Columns"), [Block([Column(title) for title in titles], rows)])
