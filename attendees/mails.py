"""The mails of this storey: templates/mail/<kind>.*"""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "invitation": _("Invitation"),
    "registration_confirmed": _("Place confirmed"),
    "registration_declined": _("Place declined"),
    "reminder_invitation": _("Reminder: invitation"),
    "reminder_registration": _("Reminder: registration"),
    "reminder_programme": _("Programme of the day"),
}
# Stops when the reader unsubscribes; the invitation by name says how, and goes on.
OPTIONAL = {"reminder_invitation"}
PERSONAL = {"invitation"}
