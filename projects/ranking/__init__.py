"""Fair ranking of what a jury scored: plain data in, plain data out, no Django.

`rank()` takes raw scores and returns, side by side, the raw mean, the mean of z-scores and a
score corrected for how harsh and how erratic each juror is. The model, its source and its
limits are in `model.py`; figures of a simulation come from `make bench-judging`.
"""

from projects.ranking.data import Basis, Criterion, JurorView, Mark, Ranking, Standing, TieRule
from projects.ranking.rank import METHOD, rank
from projects.ranking.tally import tally

__all__ = [
    "METHOD",
    "Basis",
    "Criterion",
    "JurorView",
    "Mark",
    "Ranking",
    "Standing",
    "TieRule",
    "rank",
    "tally",
]
