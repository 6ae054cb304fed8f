"""`manage.py release_schedule --edition 2017 --name "Final programme"`."""

from django.core.management.base import BaseCommand, CommandError

from events.models import Edition
from events.notices import all_groups
from events.services.releases import NothingToRelease, Words, release_schedule
from hrconf.lib.errors import DomainError


class Command(BaseCommand):
    help = "Freeze an edition's programme into its next release, which the public reads."

    def add_arguments(self, parser):
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--name", default="", help="the release's name, in English")
        parser.add_argument("--name-zh", default="", help="the same in Chinese")

        parser.add_argument("--note", default="", help="what readers are told, in English")
        parser.add_argument("--note-zh", default="", help="the same in Chinese")
        parser.add_argument(
            "--tell",
            action="append",
            default=[],
            choices=[group.name for group in all_groups()],
            help="who is told by mail; nobody unless said",
        )

    def handle(self, *, edition: str, name: str, note: str, tell: list[str], **options):
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise CommandError(f"There is no edition “{edition}”.")
        name_zh, note_zh = options["name_zh"] or name, options["note_zh"] or note
        words = Words(name, name_zh, note, note_zh)
        try:
            release = release_schedule(found.pk, words, groups=tell)
        except NothingToRelease as nothing:
            self.stdout.write(" ".join(nothing.messages))
        except DomainError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        else:
            self._report(release)

    def _report(self, release):
        counts = ", ".join(f"{len(codes)} {kind}" for kind, codes in release.changes.items())
        sessions = len(release.snapshot["sessions"])
        told = f"Release {release.number} “{release.name}”: {sessions} sessions"
        self.stdout.write(f"{told} ({counts})." if counts else f"{told}.")
