"""Recompute the ranking of a round from its raw scores, and compare."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.models import Round
from projects.services.standings import differences, frozen, ranking_of
from projects.services.trail import verify_trail


class Command(BaseCommand):
    help = (
        "Recompute the ranking of a round from its raw scores and say whether it agrees with "
        "the published one. Ends with 0 if it does and the trail of scores is whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help="slug of the edition, such as 2017")
        parser.add_argument("round", type=int, help="number of the round")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Round.objects.filter(competition__edition__slug=options["edition"])
        round = rows.filter(number=options["round"]).first()
        if round is None:
            raise CommandError("There is no such round.", returncode=2)
        ranking = ranking_of(round)
        for row in frozen(round, ranking)["standings"]:
            self.stdout.write(line_of(row))
        self.judge(round, differences(round, ranking) if round.published else None)

    def judge(self, round: Round, found: list[str] | None) -> None:
        broken = verify_trail(round)
        if broken:
            raise CommandError(f"The trail of scores was tampered with at line {broken}.")
        self.stdout.write(f"The trail of {round.trail_length} lines is whole.")
        if found is None:
            self.stdout.write("Nothing is published yet.")
        elif found:
            raise CommandError("The published ranking does not agree:\n" + "\n".join(found))
        else:
            self.stdout.write(self.style.SUCCESS("It agrees with the published ranking."))


def line_of(row: dict[str, Any]) -> str:
    values = [row["raw"], row["zscore"], row["corrected"], row["error"]]
    columns = "".join("       —" if value is None else f"{value:8.3f}" for value in values)
    return f"{row['place'] or '—':>4} {row['reference']:12}{columns}  {row['cards']} cards"
