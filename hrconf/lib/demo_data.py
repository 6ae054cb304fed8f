"""The demo's data, made ready in one process: Django takes seconds to start each time.

    python -m hrconf.lib.demo_data

Progress goes to stderr; what a visitor should know, to stdout.
"""

import sys

import django
from django.core.management import CommandError, call_command

from hrconf.lib.embedded.state import say


def main() -> None:
    django.setup()
    say("Bringing the database up to date …")
    call_command("migrate", verbosity=0)
    call_command("load_edition_2017", if_missing=True, stdout=sys.stderr)
    try:
        call_command("demo_accounts")
    except CommandError as refusal:
        sys.stdout.write(f"{refusal}\n")


if __name__ == "__main__":
    main()
