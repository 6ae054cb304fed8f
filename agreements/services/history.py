"""Who did what to agreements, kept in the log of the office."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_noop as _

from hrconf.accounts.models import User

SIGNED = _("Signed.")
REGISTERED = _("Company registered.")
FUNDED = _("Capital arrived.")
CANCELLED = _("Cancelled.")


def leave_mark(row: Model, message: str, by: User | None) -> None:
    """Write down who did it; nothing when a program of ours did."""
    if by is not None:
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=CHANGE,
            change_message=message,
        )


def marks_of(row: Model):
    """Marks on a row with who left them, oldest first."""
    kind = ContentType.objects.get_for_model(row)
    marks = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return marks.select_related("user").order_by("action_time", "pk")
