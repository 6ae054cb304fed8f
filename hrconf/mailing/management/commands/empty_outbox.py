from django.core.management.base import BaseCommand

from hrconf.mailing import delivery
from hrconf.mailing.models import Message


class Command(BaseCommand):
    """Send what is due from this very process: needs no broker and no worker."""

    help = "Send the messages that are due now, without Celery."

    def handle(self, *args, **options) -> None:
        delivery.sweep()
        tried = 0
        while sent := delivery.deliver_due():
            tried += sent
        self.stdout.write(f"{tried} tried, {Message.objects.due().count()} still due.")
