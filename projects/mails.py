"""The mails of this storey: templates/mail/<kind>.*"""

from django.utils.translation import gettext_lazy as _

KINDS = {
    # The call.
    "apply": _("Link that opens an application"),
    "application_begun": _("Link to an application"),
    "application_receipt": _("Receipt of an application"),
    "application_changed": _("Receipt of a changed application"),
    "application_withdrawn": _("Application withdrawn"),
    "application_link": _("Link to an application, mailed again"),
    "application_reminder": _("Application begun and not sent, the call closes"),
    "team_member": _("Member of a team asked for their part"),
    "team_removed": _("Member taken off a team"),
    "takeover": _("Application to take over"),
    # The competition.
    "jury_link": _("Score sheet of a juror"),
    "jury_reminder": _("Scores still missing"),
    "vote": _("Link that casts a vote"),
    # Screening.
    "review_link": _("Projects to review"),
    "decision_accept": _("Decision: accepted"),
    "decision_reserve": _("Decision: reserve list"),
    "decision_decline": _("Decision: not accepted"),
    # The showcase.
    "showcase_page": _("Public page of a project to approve"),
    "showcase_reminder": _("Public page of a project still to approve"),
}
