from collections import Counter

from django.core.management.base import BaseCommand
from django.utils import timezone

from attendees.models import ReminderRule
from attendees.services.due import run_rules


class Command(BaseCommand):
    """Do once what beat does every five minutes."""

    help = "Queue the reminders that are due now, and say how many by rule and kind."

    def handle(self, *args, **options) -> None:
        counts: Counter[str] = Counter()
        for rule, count in run_rules(timezone.now()):
            counts[rule.kind] += count
            self.stdout.write(f"{rule.edition.slug} · {rule} ({rule.days}) · {count}")
        for kind in ReminderRule.Kind:
            self.stdout.write(f"{kind.label}: {counts[kind]}")
