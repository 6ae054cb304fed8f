"""Say who can sign in to the demo: `manage.py demo_accounts`."""

from django.core.management.base import BaseCommand, CommandError

from agreements.edition_2017.demo import closing_words
from agreements.edition_2017.load.accounts import ACCOUNTS, PASSWORD, has_demo_passwords
from hrconf.accounts.models import User


class Command(BaseCommand):
    help = "Prints who can sign in to the demo, how, and what to try first."

    def handle(self, *args, **options):
        if not has_demo_passwords():
            raise CommandError("This is no demo: logins here have no known passwords.")
        first = User.objects.filter(email=ACCOUNTS[0].email).first()
        if first is None:
            raise CommandError("Load the 2017 edition first: manage.py load_edition_2017.")
        self.stdout.write(closing_words())
        if not first.check_password(PASSWORD):
            self.stdout.write("The organizer has another password by now.")
