"""The model that takes out how harsh a juror is.

score(i, j) = leniency of juror j  +  quality of entry i  +  noise,

an additive two-way model of incomplete blocks, with jurors as fixed effects (nothing is
assumed of how harsh they may be) and entries as random ones: quality ~ N(0, τ²), noise ~
N(0, σ²·vⱼ). The qualities are best linear unbiased predictions (C. R. Henderson, Biometrics
31, 1975; G. K. Robinson, Statistical Science 6, 1991), σ²/τ² is found by restricted maximum
likelihood (H. D. Patterson and R. Thompson, Biometrika 58, 1971). H. I. Braun calibrated the
readers of essays by fixed reader effects in the same way (J. Educational Statistics 13, 1988).
How erratic a juror is, vⱼ, is estimated from their residuals and drawn towards the common
value as far as the jurors do not differ more than by chance (moderated variances: G. K. Smyth,
Statistical Applications in Genetics and Molecular Biology 3, 2004).

Why fixed: only then does a constant that a juror adds to all their scores change nothing. It
drops out before anything is estimated, since the model sees centred scores only. The price is
that what is known between jurors is not used: where no juror is harsher than another the raw
mean is better by a hair (bench/judging says by how much).

Where jurors fall into groups that share no entry, each group's entries are compared with the
others' as if the groups were equally good on average: nothing in the scores can tell.
"""

from dataclasses import dataclass

import numpy as np

# Bounds of σ²/τ². Beyond the upper one all entries would be called the same.
LEAST, MOST = 1e-3, 20.0
ROUNDS = 8
GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class Fit:
    """Qualities and their standard errors, juror noise (σ·√vⱼ), reliability τ²/(τ²+σ²)."""

    quality: np.ndarray
    error: np.ndarray
    noise: np.ndarray
    reliability: float


def fit(entry: np.ndarray, juror: np.ndarray, score: np.ndarray) -> Fit:
    """Fit the model to centred scores; entry and juror number them from 0, without gaps."""
    weights = np.ones(juror.max() + 1)
    for _ in range(ROUNDS):
        solved = Solved(entry, juror, score, weights)
        weights = moderated(*solved.residual_variances())
    return Solved(entry, juror, score, weights).as_fit()


class Solved:
    """Henderson's equations with the jurors absorbed, for given weights 1/vⱼ."""

    def __init__(self, entry, juror, score, weights) -> None:
        self.entry, self.juror, self.score = entry, juror, score
        self.w = weights[juror]
        self.weights = weights
        shape = (entry.max() + 1, len(weights))
        self.table = np.zeros(shape)
        np.add.at(self.table, (entry, juror), self.w)
        self.per_juror = self.table.sum(axis=0)
        means = np.bincount(juror, self.w * score) / self.per_juror
        centred = score - means[juror]
        self.right = np.bincount(entry, self.w * centred, minlength=shape[0])
        left = np.diag(self.table.sum(axis=1)) - self.table / self.per_juror @ self.table.T
        self.values, self.vectors = np.linalg.eigh((left + left.T) / 2)
        self.values = np.clip(self.values, 0, None)
        self.turned = self.vectors.T @ self.right
        self.total = float(self.w @ centred**2)
        self.freedom = max(len(score) - len(weights), 1)
        self.ratio = lowest(self.criterion)
        self.sigma2 = self.variance(self.ratio)

    def variance(self, ratio: float) -> float:
        explained = float((self.turned**2 / (self.values + ratio)).sum())
        return max(self.total - explained, 0.0) / self.freedom

    def criterion(self, log_ratio: float) -> float:
        """Minus twice the restricted log likelihood, but for a constant."""
        ratio = float(np.exp(log_ratio))
        fitted = max(self.variance(ratio), 1e-12)
        spread = np.log(self.values + ratio).sum() - len(self.values) * log_ratio
        return float(self.freedom * np.log(fitted) + spread)

    def inverse(self) -> np.ndarray:
        return (self.vectors / (self.values + self.ratio)) @ self.vectors.T

    def quality(self) -> np.ndarray:
        return self.vectors @ (self.turned / (self.values + self.ratio))

    def residual_variances(self) -> tuple[np.ndarray, np.ndarray]:
        """Per juror the mean square of the residuals in units of σ², and its freedom."""
        rest = self.score - self.quality()[self.entry]
        means = np.bincount(self.juror, self.w * rest) / self.per_juror
        squares = np.bincount(self.juror, self.w * (rest - means[self.juror]) ** 2)
        freedom = np.clip(np.bincount(self.juror, 1 - self.leverage()), 1e-9, None)
        return squares / freedom / self.weights / max(self.sigma2, 1e-12), freedom

    def leverage(self) -> np.ndarray:
        """How much each score pulls its own fitted value, 0..1."""
        inverse = self.inverse()
        share = self.table / self.per_juror  # of an entry in its juror's mean
        seen = inverse @ share
        own = inverse[self.entry, self.entry]
        both = seen[self.entry, self.juror]
        mean = np.einsum("ij,ij->j", share, seen)[self.juror]
        pull = own - 2 * both + mean
        return np.clip(self.w * pull + self.w / self.per_juror[self.juror], 0, 1)

    def as_fit(self) -> Fit:
        error = np.sqrt(self.sigma2 * np.diag(self.inverse()))
        noise = np.sqrt(self.sigma2 / self.weights)
        return Fit(self.quality(), error, noise, 1 / (1 + self.ratio))


def lowest(criterion) -> float:
    """Where a function of the logarithm of σ²/τ² is least: a grid, then the golden section."""
    grid = np.linspace(np.log(LEAST), np.log(MOST), 25)
    best = int(np.argmin([criterion(x) for x in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    for _ in range(40):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, right) if criterion(left) <= criterion(right) else (left, high)
    return float(np.exp((low + high) / 2))


def moderated(variances: np.ndarray, freedom: np.ndarray) -> np.ndarray:
    """Weights 1/vⱼ from variances that are drawn together: Smyth's moments of log s².

    Without more spread than chance gives, all weights are 1.
    """
    enough = freedom > 1
    if enough.sum() < 3:
        return np.ones_like(variances)
    half = freedom[enough] / 2
    logs = np.log(np.clip(variances[enough], 1e-6, None)) - digamma(half) + np.log(half)
    extra = logs.var(ddof=1) - trigamma(half).mean()
    if extra <= 0:
        return np.ones_like(variances)
    prior = 2 * inverse_trigamma(extra)
    common = np.exp(logs.mean() + digamma(prior / 2) - np.log(prior / 2))
    drawn = (prior * common + freedom * variances) / (prior + freedom)
    weights = 1 / np.clip(drawn, 1e-3, None)
    return weights / np.exp(np.log(weights).mean())


def digamma(x):
    """Derivative of log Γ: recurrence up to 6, then the asymptotic series."""
    x = np.array(x, dtype=float)
    result = np.zeros_like(x)
    for _ in range(6):
        result -= np.where(x < 6, 1 / x, 0)
        x = np.where(x < 6, x + 1, x)
    square = 1 / x**2
    return result + np.log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))


def trigamma(x):
    """Second derivative of log Γ, in the same way."""
    x = np.array(x, dtype=float)
    result = np.zeros_like(x)
    for _ in range(6):
        result += np.where(x < 6, 1 / x**2, 0)
        x = np.where(x < 6, x + 1, x)
    square = 1 / x**2
    return result + 1 / x + square / 2 + square / x * (1 / 6 - square * (1 / 30 - square / 42))


def inverse_trigamma(y: float) -> float:
    """The x whose trigamma is y, between 0.25 and 5,000: bisection, for it falls steadily."""
    low, high = 0.25, 5000.0
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if trigamma(middle) > y else (low, middle)
    return low
