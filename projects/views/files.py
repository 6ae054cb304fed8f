"""Papers of projects handed out, to whom may read them and as an attachment only."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hrconf.lib.downloads import download
from projects.models import ProjectFile
from projects.services.files import may_read_file, name_for


def hand_out(file: ProjectFile | None, reader: object) -> HttpResponse:
    """The file for this reader; who may not read it learns nothing of it."""
    reading = may_read_file(reader, file) if file else ""
    if file is None or not reading or not file.file:
        raise Http404(_("There is no such file."))
    try:
        opened = file.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("There is no such file.")) from None
    return download(opened, name_for(file, reading), file.content_type)
