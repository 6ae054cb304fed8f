"""Load the 2017 edition: `manage.py load_edition_2017 [--seed 2017] [--scale 10]`."""

import time

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from agreements.edition_2017.load import load_edition
from agreements.edition_2017.load.city import SLUG
from agreements.edition_2017.load.context import ROWS
from agreements.edition_2017.remove import remove_edition
from events.models import Edition


class Command(BaseCommand):
    help = "Writes a believable 2017 conference, all or nothing; the same seed, the same rows."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2017)
        parser.add_argument(
            "--scale", type=int, default=1, help="Times as many guests, projects and agreements."
        )
        parser.add_argument(
            "--replace", action="store_true", help="Delete the edition that is there, then load."
        )
        parser.add_argument(
            "--if-missing", action="store_true", help="Say nothing when it is there already."
        )

    def handle(self, *args, seed: int, scale: int, replace: bool, if_missing: bool, **options):
        if scale < 1:
            raise CommandError("--scale is a whole number from 1.")
        if Edition.objects.filter(slug=SLUG).exists():
            if not replace:
                if not if_missing:
                    self.say("The 2017 edition is there already; --replace loads it anew.")
                return
            self.say("Removing the 2017 edition that is there …")
            remove_edition()
        self.load(seed, scale)

    def load(self, seed: int, scale: int) -> None:
        started = time.monotonic()
        self.say("Loading the 2017 edition …")
        bar = tqdm(total=ROWS * scale, unit=" rows", desc="2017 edition", disable=None)
        with bar:
            load_edition(seed, scale, bar.update)
            bar.total = bar.n
        seconds = time.monotonic() - started
        self.say(f"The 2017 edition is loaded (seed {seed}, scale {scale}) in {seconds:.0f} s.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
