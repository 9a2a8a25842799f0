"""Writes fixtures.json: what SciPy says of the normal distribution and of bootstrap intervals.

Run with SciPy 1.10 or later (on Debian: apt-get install -y python3-scipy), then npm run format.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

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

CDF_AT = [-7, -5, -4, -3, -2.5, -2, -1.5, -1, -0.5, -0.1, 0, 0.25, 0.75, 1, 1.25, 1.96, 2, 3, 3.5, 4.5, 6]
QUANTILE_AT = [1e-6, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999]


def interval(values: list[int]) -> list[float]:
    result = stats.bootstrap(
        (np.array(values, dtype=float),),
        np.mean,
        n_resamples=RESAMPLES,
        batch=10_000,
        method="BCa",
        random_state=np.random.default_rng(20260801),
    )
    return [float(end) for end in result.confidence_interval]


fixtures = {
    "scipy": scipy.__version__,
    "normalCdf": [[x, float(stats.norm.cdf(x))] for x in CDF_AT],
    "normalQuantile": [[p, float(stats.norm.ppf(p))] for p in QUANTILE_AT],
    "bca": [
        {"sample": name, **sample, "interval": interval(sample["values"])} for name, sample in SAMPLES.items()
    ],
}
Path(__file__).with_name("fixtures.json").write_text(json.dumps(fixtures, indent=2) + "\n")
