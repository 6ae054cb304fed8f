from django.core.management.base import BaseCommand

from attendees.models import ReminderRule
from attendees.services.reminders import send_due_reminders


class Command(BaseCommand):
    """Do once what beat does every five minutes."""

    help = "Queue the reminders that are due now, and say how many of each kind."

    def handle(self, *args, **options) -> None:
        for kind, count in send_due_reminders().items():
            self.stdout.write(f"{ReminderRule.Kind(kind).label}: {count}")
