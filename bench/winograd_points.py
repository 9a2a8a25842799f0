"""
What the points of Winograd's F(4x4, 3x3) cost in precision: distance of single precision from double, relative, in L2,
for the output, the weights' gradient and the input's gradient of 64 tiles with 32 channels in and out. And what F(3x3, 3x3)
costs with the chosen points but one, whose weights' points are among those of F(4x4, 3x3).

    /usr/bin/python3 bench/winograd_points.py
"""

import numpy as np

TILE, TAPS = 4, 3
TILES, CHANNELS = 64, 32

CHOICES = {
    "0, ±1, ±2, ∞ (Lavin & Gray)": (0, 1, -1, 2, -2),
    "0, ±1, 1/2, −2, ∞": (0, 1, -1, 1 / 2, -2),
    "0, ±1, ±3/2, ∞": (0, 1, -1, 3 / 2, -3 / 2),
    "0, ±2/3, ±4/3, ∞": (0, 2 / 3, -2 / 3, 4 / 3, -4 / 3),
    "0, ±3/4, ±3/2, ∞": (0, 3 / 4, -3 / 4, 3 / 2, -3 / 2),
}
CHOSEN = CHOICES["0, ±3/4, ±3/2, ∞"]


def matrices(points, beside=()):
    """Aᵀ, G and Bᵀ: y = Aᵀ · ((G g) ⊙ (Bᵀ d)), where G is that of the points and those beside them."""
    tile = len(points) + 1 - TAPS + 1
    others = [[q for q in points if q != p] for p in points]
    outputs = [[p**i for p in points] + [float(i == tile - 1)] for i in range(tile)]
    scales = [np.prod([p - q for q in beside]) for p in points]
    weights = [
        [p**k / np.prod([p - q for q in rest]) / scale for k in range(TAPS)]
        for p, rest, scale in zip(points, others, scales)
    ]
    inputs = [[*np.poly(rest)[::-1] * scale, 0] for rest, scale in zip(others, scales)]
    return np.array(outputs), np.array([*weights, [0, 0, 1]]), np.array([*inputs, np.poly(points)[::-1]])


def both_ways(matrix, x):
    """The matrix along the last two dimensions, term by term in the precision of x."""
    for axis in (-1, -2):
        rows = np.moveaxis(x, axis, 0)
        x = np.moveaxis(np.stack([sum(x.dtype.type(f) * r for f, r in zip(line, rows)) for line in matrix]), 0, axis)
    return x


def products(points, beside, d, g, dy):
    a, weights, b = matrices(points, beside)
    v, u, dm = both_ways(b, d), both_ways(weights, g), both_ways(a.T, dy)
    m = sum(v[:, c, None] * u[c] for c in range(CHANNELS))
    du = sum(v[t][:, None] * dm[t] for t in range(TILES))
    dv = sum(dm[:, k, None] * u[:, k] for k in range(CHANNELS))
    return both_ways(a, m), both_ways(weights.T, du), both_ways(b.T, dv)


def far(points, beside=()):
    """The relative distances of output, weights' gradient and input's gradient."""
    size = len(points) + 1
    tile = size - TAPS + 1
    random = np.random.default_rng(0)
    d = np.maximum(random.standard_normal((TILES, CHANNELS, size, size)), 0).astype("f")
    g = random.standard_normal((CHANNELS, CHANNELS, TAPS, TAPS)).astype("f")
    dy = random.standard_normal((TILES, CHANNELS, tile, tile)).astype("f")
    single = products(points, beside, d, g, dy)
    double = products(points, beside, d.astype(float), g.astype(float), dy.astype(float))
    return " ".join(f"{np.linalg.norm(s - e) / np.linalg.norm(e):8.1e}" for s, e in zip(single, double))


print(f"{'points':30}   output  weights    input")
for name, points in CHOICES.items():
    print(f"{name:30}", far(points))
for left_out in CHOSEN:
    points = [p for p in CHOSEN if p != left_out]
    print(f"{f'F(3×3, 3×3) without {left_out}':30}", far(points, [left_out]))
