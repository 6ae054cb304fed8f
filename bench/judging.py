"""How well a ranking finds the truth: raw mean, z-scores and ours, on juries of known harshness.

    make bench-judging ARGS="--rounds 200"

Simulates contests of 300 entries and 40 jurors with 3 to 5 scores each, whose true order is
known, and prints the rank correlation with it (Spearman's ρ and Kendall's τ), the mean over
the rounds of each setting. The last columns are ours less the better of the two others,
round by round, with the standard error of that difference. Seeds are fixed: every run prints
the same.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np

from projects.ranking import Criterion, Mark, Ranking, rank

ENTRIES, JURORS, FEWEST, MOST = 300, 40, 3, 5
METHODS = ("raw", "zscore", "corrected")


@dataclass(frozen=True)
class Setting:
    """Standard deviations in units of how much entries differ; scores lie on 1–100.

    erratic: how much jurors differ in noise, as the standard deviation of its logarithm;
    spread: the same for how wide a range of scores a juror uses; grouped: jurors see only
    the entries of their own quarter of the field; by_merit: they see a third of the field that
    is about equally good.
    """

    name: str
    harsh: float
    noise: float = 0.7
    erratic: float = 0.3
    spread: float = 0.0
    grouped: bool = False
    by_merit: bool = False


SETTINGS = (
    Setting("nobody harsh, all equally exact", 0.0, erratic=0.0),
    Setting("nobody harsh, some erratic", 0.0),
    Setting("nobody harsh, much noise", 0.0, noise=1.5),
    Setting("somewhat harsh", 0.3),
    Setting("harsh", 0.7),
    Setting("harsh, all equally exact", 0.7, erratic=0.0),
    Setting("harsh, much noise", 0.7, noise=1.5),
    Setting("very harsh", 1.5),
    Setting("harsh, some use a narrow range", 0.7, spread=0.3),
    Setting("harsh, juries by sector", 0.7, grouped=True),
    # Against what the model assumes: cards must be given out without regard to merit.
    Setting("harsh, cards given out by merit", 0.7, by_merit=True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40, help="contests per setting")
    rounds = parser.parse_args().rounds
    print(
        f"{ENTRIES} entries, {JURORS} jurors, {FEWEST} to {MOST} scores each, {rounds} contests\n"
    )
    titles = ["ρ raw", "ρ z", "ρ ours", "τ raw", "τ z", "τ ours", "Δρ", "± se"]
    print(f"{'setting':42}" + "".join(f"{title:>8}" for title in titles))
    for number, setting in enumerate(SETTINGS):
        print(f"{setting.name:42}" + "".join(columns(number, setting, rounds)), flush=True)


def columns(number: int, setting: Setting, rounds: int) -> Iterator[str]:
    found = np.array([contest(setting, seed=(number, turn)) for turn in range(rounds)])
    means = found.mean(axis=0)
    yield from (f"{value:8.4f}" for value in means)
    best = int(means[:2].argmax())
    ahead = found[:, 2] - found[:, best]
    yield f"{ahead.mean():+8.4f}"
    yield f"{ahead.std(ddof=1) / rounds**0.5:8.4f}"


def contest(setting: Setting, *, seed: tuple[int, int]) -> list[float]:
    """ρ of the three methods, then τ of the three."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=ENTRIES)
    ranking = rank(marks(setting, truth, rng), [Criterion("overall")])
    scores = columns_of(ranking)
    return [how(truth, scores[m]) for how, m in product((spearman, kendall), METHODS)]


def marks(setting: Setting, truth: np.ndarray, rng: np.random.Generator) -> list[Mark]:
    leniency = rng.normal(0, setting.harsh, JURORS)
    noise = setting.noise * np.exp(rng.normal(0, setting.erratic, JURORS))
    width = np.exp(rng.normal(0, setting.spread, JURORS))
    found = []
    for entry, juror in assignment(setting, truth, rng):
        seen = truth[entry] + rng.normal(0, noise[juror])
        points = 50 + 12 * (leniency[juror] + width[juror] * seen)
        value = Decimal(int(np.clip(round(points), 1, 100)))
        found.append(Mark(entry, int(juror), "overall", value))
    return found


def assignment(setting: Setting, truth: np.ndarray, rng) -> Iterator[tuple[int, int]]:
    """Pairs of entry and juror, with equal loads as far as the numbers allow."""
    load = np.zeros(JURORS)
    order = np.argsort(truth) if setting.by_merit else np.arange(ENTRIES)
    for place, entry in enumerate(order):
        allowed = np.arange(JURORS)
        if setting.grouped:
            allowed = allowed[allowed % 4 == place % 4]
        if setting.by_merit:
            allowed = allowed[np.abs(allowed - place * JURORS // ENTRIES) <= JURORS // 6]
        wanted = rng.integers(FEWEST, MOST + 1)
        chosen = sorted(allowed, key=lambda j: (load[j], rng.random()))[:wanted]
        load[chosen] += 1
        yield from ((int(entry), juror) for juror in chosen)


def columns_of(ranking: Ranking) -> dict[str, np.ndarray]:
    ordered = sorted(ranking.standings, key=lambda standing: standing.entry)
    return {m: np.array([getattr(standing, m) for standing in ordered]) for m in METHODS}


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, the mean rank for ties."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    first = np.cumsum(counts) - counts
    return (first + (counts - 1) / 2)[inverse]


def kendall(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's τ-b, which takes ties into account."""
    a = np.sign(one[:, None] - one[None, :])
    b = np.sign(other[:, None] - other[None, :])
    return float((a * b).sum() / np.sqrt((a**2).sum() * (b**2).sum()))


if __name__ == "__main__":
    main()
