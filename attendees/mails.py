"""The mails of this storey: templates/mail/<kind>.*"""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "invitation": _("Invitation"),
    "delegation": _("Page of a delegation's leader"),
    "register": _("Proof of the address"),
    "waiting_offer": _("Place offered"),
    "waiting_lapsed": _("Offer not taken up"),
    "seat_confirmed": _("Seat confirmed"),
    "seat_ended": _("Seat taken back"),
    "seat_link": _("Link to one's own seats"),
    "invitation_again": _("Invitation opened again"),
    "invitation_asked_again": _("A guest asks to answer after all"),
    "deputy_declined": _("Deputy cannot come"),
    "deputy_released": _("Deputy no longer needed"),
    "address_code": _("Code for a new address"),
    "address_changed": _("Address changed"),
    "registration_received": _("Registration received"),
    "registration_confirmed": _("Place confirmed"),
    "registration_declined": _("Place declined"),
    "visa_letter": _("Visa letter issued"),
    "visa_declined": _("Visa letter declined"),
    "visa_revoked": _("Visa letter revoked"),
    "registration_waitlisted": _("Put on the waiting list"),
    "missing_answers": _("Answers still needed"),
    "answers_decided": _("Change of answers decided"),
    "reminder_invitation": _("Reminder: invitation"),
    "reminder_registration": _("Reminder: registration"),
    "reminder_programme": _("Programme of the day"),
    "reminder_edition": _("Reminder: the conference begins"),
    "reminder_thanks": _("Thanks after the conference"),
    "reminder_session": _("Reminder: a session of one's own"),
    "campaign": _("Campaign"),
    "campaign_test": _("Campaign: test letter"),
}
# Stops when the reader unsubscribes; the invitation by name says how, and goes on.
OPTIONAL = {"reminder_invitation", "reminder_edition", "reminder_thanks", "campaign"}
PERSONAL = {"invitation"}
