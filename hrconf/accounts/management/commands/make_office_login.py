"""Makes a login of the conference office, from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from hrconf.accounts.roles import Role
from hrconf.accounts.services import make_office_login, password_link


class Command(BaseCommand):
    """The first organizer of a new server, or anyone after a lost mailbox."""

    help = (
        "Give an e-mail address a login of the office with the roles, and print the "
        "link where its owner chooses a password. Running it again changes the roles."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--language", choices=["en", "zh-hans"], default="en")
        parser.add_argument("--role", action="append", choices=Role.values, default=[])
        parser.add_argument("--superuser", action="store_true", help="Hold every role.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        if not options["role"] and not options["superuser"]:
            raise CommandError(f"Give --role ({', '.join(Role.values)}) or --superuser.")
        login = make_office_login(
            email=options["email"],
            name=options["name"],
            language=options["language"],
            roles=options["role"],
            is_superuser=options["superuser"],
        )
        self.stdout.write(
            f"{login.email} may enter the office. To choose a password, within 3 days:"
        )
        self.stdout.write(password_link(login))
