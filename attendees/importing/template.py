"""An empty guest list to fill in: all headings, an example, and what each column means."""

import io

from django.utils.translation import gettext as _

from attendees.importing.columns import COLUMNS, heading
from hrconf.lib.sheets import Block, Column, Sheet, write_xlsx


def write_template() -> io.BytesIO:
    """A workbook in the reader's language, ready to be read from its beginning."""
    file = io.BytesIO()
    write_xlsx(file, [the_list(), the_guide()], title=_("Guest list"))
    file.seek(0)
    return file


def the_list() -> Sheet:
    headings = [Column(heading(column.key)) for column in COLUMNS]
    return Sheet.table(_("Guests"), headings, [[column.example for column in COLUMNS]])


def the_guide() -> Sheet:
    """What each column means and by which other headings it is known."""
    titles = [_("Column"), _("English"), _("Chinese"), _("Meaning"), _("Also understood")]
    rows = [
        [column.key, column.english, column.chinese, str(column.help), ", ".join(column.others)]
        for column in COLUMNS
    ]
    return Sheet(_("Columns"), [Block([Column(title) for title in titles], rows)])
