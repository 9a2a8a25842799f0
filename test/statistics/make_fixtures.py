"""Writes fixtures.json: what SciPy says of distributions, bootstrap intervals, sign flips and Wilson's interval, and
statsmodels of Holm's procedure.

Run with SciPy 1.10 or later and statsmodels (on Debian: apt-get install -y python3-scipy python3-statsmodels), then npm run
format.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats
from statsmodels.stats.multitest import multipletests

# So many that what chance leaves of an interval's ends is below a hundredth of the standard error.
RESAMPLES = 1_000_000

# Whole numbers, or with few decimals: their sums are exact in SciPy, so that ties are ties. `unit` is what one of them is worth.
SAMPLES = {
    "errors of ten rounds": {"unit": 0.001, "values": [196, 194, 198, 191, 196, 193, 199, 180, 186, 195]},
    "thirty values as if normal": {
        "unit": 1,
        "values": [round(1000 * stats.norm.ppf((i + 0.5) / 30)) for i in range(30)],
    },
    "skewed to the right": {"unit": 1, "values": [round(100 * np.exp(stats.norm.ppf((i + 0.5) / 20))) for i in range(20)]},
    "skewed to the left": {"unit": 1, "values": [-round(100 * np.exp(stats.norm.ppf((i + 0.5) / 20))) for i in range(20)]},
    "one value far away": {"unit": 0.01, "values": [12, 15, 11, 14, 13, 10, 16, 14, 12, 13, 15, 24]},
    "five values": {"unit": 0.1, "values": [3, 5, 9, 14, 23]},
}

# Errors of the same rounds: the statistic is the first sum divided by the second.
RATIOS = {
    "twelve rounds": {
        "first": [31, 25, 40, 28, 33, 22, 37, 30, 27, 35, 29, 41],
        "second": [20, 19, 26, 15, 24, 18, 21, 23, 14, 25, 17, 22],
    },
    "eight rounds, one far away": {
        "first": [12, 14, 11, 15, 13, 12, 16, 45],
        "second": [14, 12, 13, 15, 11, 14, 12, 16],
    },
}

# With ties, with zeros, without a difference, all on one side, and the most rounds whose signs are all counted.
DIFFERENCES = {
    "three": [1, 2, -4],
    "five on one side": [3, 1, 4, 1, 5],
    "ties and zeros": [2, -2, 0, 0, 5, 1, -1, 3],
    "ten rounds": [7, -2, 4, 9, -1, 3, 0, 6, 2, -4],
    "no difference": [5, -5, 3, -3],
    "sixteen rounds": [4, -1, 3, 7, -6, 2, 5, 0, -3, 8, 1, 1, -2, 6, 2, 3],
}

WILSON_OF = [(0, 5), (5, 5), (7, 10), (15, 30), (21, 30), (29, 30), (30, 30), (3, 100)]

P_VALUES = [
    [0.01, 0.04, 0.03, 0.005],
    [0.2, 0.0625, 0.9, 1.0],
    [0.03, 0.03, 0.001, 0.5, 0.03],
    [0.004],
]

CDF_AT = [-7, -5, -4, -3, -2.5, -2, -1.5, -1, -0.5, -0.1, 0, 0.25, 0.75, 1, 1.25, 1.96, 2, 3, 3.5, 4.5, 6]
QUANTILE_AT = [1e-6, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999]
# The other way round, SciPy's t.ppf is right to 5e-9 alone.
T_AT = [-3, -0.5, 0, 0.25, 1, 1.5, 2, 2.5, 3, 5]
DEGREES = [1, 2, 3, 4, 5, 9, 10, 29, 30, 99, 1000]


def expanded(n: int) -> float:
    """The confidence at which BCa spans sqrt(n / (n - 1)) t standard errors."""
    return float(1 - 2 * stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf(0.975, n - 1)))


def interval(*values: list[int], statistic=np.mean) -> list[float]:
    result = stats.bootstrap(
        [np.array(each, dtype=float) for each in values],
        statistic,
        paired=len(values) > 1,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=10_000,
        confidence_level=expanded(len(values[0])),
        method="BCa",
        random_state=np.random.default_rng(20260801),
    )
    return [float(end) for end in result.confidence_interval]


def ratio(first, second, axis=-1):
    return np.sum(first, axis) / np.sum(second, axis)


def t_interval(values: list[int]) -> list[float]:
    low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    return [float(low), float(high)]


def sign_flip(differences: list[int]) -> float:
    result = stats.permutation_test((differences,), np.sum, permutation_type="samples", n_resamples=np.inf)
    return float(result.pvalue)


def wilson(successes: int, n: int) -> list[float]:
    ends = stats.binomtest(successes, n).proportion_ci(method="wilson")
    return [float(ends.low), float(ends.high)]


fixtures = {
    "scipy": scipy.__version__,
    "normalCdf": [[x, float(stats.norm.cdf(x))] for x in CDF_AT],
    "normalQuantile": [[p, float(stats.norm.ppf(p))] for p in QUANTILE_AT],
    "tCdf": [[t, degrees, float(stats.t.cdf(t, degrees))] for degrees in DEGREES for t in T_AT],
    "bca": [
        {"sample": name, **sample, "interval": interval(sample["values"])} for name, sample in SAMPLES.items()
    ],
    "bcaOfRatio": [
        {"sample": name, **sample, "interval": interval(sample["first"], sample["second"], statistic=ratio)}
        for name, sample in RATIOS.items()
    ],
    "tInterval": [
        {"sample": name, "values": sample["values"], "interval": t_interval(sample["values"])}
        for name, sample in SAMPLES.items()
    ],
    "signFlip": [{"sample": name, "differences": each, "p": sign_flip(each)} for name, each in DIFFERENCES.items()],
    "wilson": [{"successes": k, "n": n, "interval": wilson(k, n)} for k, n in WILSON_OF],
    "holm": [{"p": each, "adjusted": [float(p) for p in multipletests(each, method="holm")[1]]} for each in P_VALUES],
}
Path(__file__).with_name("fixtures.json").write_text(json.dumps(fixtures, indent=2) + "\n")
