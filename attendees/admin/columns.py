"""Columns of the guests' lists that are shown on asking, by a saved view."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from attendees.models import Invitation, Registration
from hrconf.office.badges import day_cell, number_cell


class RegistrationColumns:
    """More about a place than its list usually shows."""

    more_columns = ("email", "badge", "accompanied", "submitted", "decided")

    @admin.display(description=_("e-mail"), ordering="person__email")
    def email(self, registration: Registration) -> str:
        return registration.person.email

    @admin.display(description=_("companions"), ordering="companions")
    def accompanied(self, registration: Registration):
        return number_cell(registration.companions)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted(self, registration: Registration):
        return day_cell(registration.submitted_at)

    @admin.display(description=_("decided"), ordering="decided_at")
    def decided(self, registration: Registration):
        return day_cell(registration.decided_at)


class InvitationColumns:
    """More about an invitation than its list usually shows."""

    more_columns = ("email", "kind", "owner", "opened", "reminded")

    @admin.display(description=_("e-mail"), ordering="person__email")
    def email(self, invitation: Invitation) -> str:
        return invitation.person.email

    @admin.display(description=_("category"), ordering="category__kind")
    def kind(self, invitation: Invitation) -> str:
        return invitation.category.get_kind_display()

    @admin.display(description=_("opened"), ordering="opened_at")
    def opened(self, invitation: Invitation):
        return day_cell(invitation.opened_at)

    @admin.display(description=_("last reminded"), ordering="reminded_at")
    def reminded(self, invitation: Invitation):
        return day_cell(invitation.reminded_at)
