"""The mails of this storey: templates/mail/<kind>.*; all of them are needed."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "schedule_changed": _("Programme released"),
    "release_refused": _("A planned release was not made"),
}
