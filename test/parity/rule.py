"""The integer rule behind every number that goes into a fixture; rule.ts and pairs.ts are its twins.

Pixels are a few small multiples of a power of two, and so, where ties are wanted, are the convolutions' weights. Float32
then sums a first convolution's products exactly, in any order: different patches often tie, and what ties in float64
ties in float32.
"""

from dataclasses import dataclass
from math import prod

import torch

# Chosen so that no max-pool or ReLU is decided by less than float32 can tell: see "Ties and close calls" in README.md.
SALT = "150"

SIDE = 14
PAIRS = 24
# Each digit as five rows of three bits, written in octal.
FONT = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]
# What the images are scaled by: (pixel - mean) / deviation makes ink 1, 2 or 3 and the background -1/4.
MEAN, DEVIATION = 16, 64
BACKGROUND = -MEAN / DEVIATION


def draw(name: str, index: int) -> int:
    """32 bits that depend on the name (FNV-1a) and the index (mixed by Wellons' lowbias32)."""
    bits = 0x811C9DC5
    for character in f"{SALT}/{name}":
        bits = ((bits ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    bits = (bits + index * 0x9E3779B9) & 0xFFFFFFFF
    bits = ((bits ^ (bits >> 16)) * 0x7FEB352D) & 0xFFFFFFFF
    bits = ((bits ^ (bits >> 15)) * 0x846CA68B) & 0xFFFFFFFF
    return bits ^ (bits >> 16)


def unit(name: str, index: int, bits: int) -> float:
    """An odd multiple of 2**-bits between -1 and 1: symmetric about 0, and never 0."""
    steps = 1 << bits
    return (2 * (draw(name, index) & (steps - 1)) - steps + 1) / steps


def starting_values(name: str, shape: tuple[int, ...], ties: bool) -> torch.Tensor:
    """
    A tensor's value at the start, from its state-dict name and its shape.

    ties: few values for a convolution's weights, so that different patches tie. Not before training: Adam's first step
    moves all weights by nearly the same amount and would turn ties into calls too close for float32.
    """
    # Linear weights are always fine: one that two logits had in common would cancel a gradient exactly.
    bits = {1: 7, 2: 16, 4: 3 if ties else 16}[len(shape)]
    bound = _bound(prod(shape[1:]))
    values = [_value(name, len(shape), unit(name, index, bits), bound) for index in range(prod(shape))]
    return torch.tensor(values, dtype=torch.float64).view(shape)


def _value(name: str, dimensions: int, u: float, bound: float) -> float:
    if name.endswith(".running_mean"):
        return u / 2
    if name.endswith(".running_var"):
        return 1 + u / 2
    if name.endswith(".bias"):
        return u / 8
    if dimensions == 1:
        # Batch norm's scale: both signs, and no magnitude below a half.
        return u + (0.5 if u > 0 else -0.5)
    return u * bound


def _bound(fan_in: int) -> float:
    """The power of two nearest PyTorch's bound, 1/sqrt(fan-in)."""
    bound = 1.0
    while bound * bound * fan_in > 2:
        bound /= 2
    return bound


@dataclass(frozen=True)
class Size:
    """Images of another size. Their salt is chosen like SALT, for one network."""

    salt: str
    side: int
    channels: int
    classes: int
    pairs: int = 6


SIZES = {
    "three-by-three": Size(salt="16", side=32, channels=3, classes=10),
    "matching-colour": Size(salt="4", side=32, channels=3, classes=10),
    "letters": Size(salt="3", side=28, channels=1, classes=26),
}


@dataclass
class Pairs:
    images: torch.Tensor  # [pairs, 2 * channels, height, width], scaled
    classes: torch.Tensor  # [pairs, 2]
    targets: torch.Tensor  # [pairs]: 1 where first <= second

    def select(self, indices: list[int]) -> "Pairs":
        return Pairs(self.images[indices], self.classes[indices], self.targets[indices])


def all_pairs() -> Pairs:
    classes = [draw("class", image) % 10 for image in range(2 * PAIRS)]
    pixels = [_pixels(image, digit) for image, digit in enumerate(classes)]
    images = torch.tensor(pixels, dtype=torch.float64).view(PAIRS, 2, SIDE, SIDE)
    digits = torch.tensor(classes).view(PAIRS, 2)
    return Pairs((images - MEAN) / DEVIATION, digits, (digits[:, 0] <= digits[:, 1]).long())


def sized_pairs(size: Size) -> Pairs:
    """Pairs of glyphs of 5x3 cells, one for each class, each pixel with an ink of its own in each channel."""

    def of(name: str, index: int) -> int:
        return draw(f"{size.salt}/{name}", index)

    cell, side = size.side // 7, size.side
    images = torch.zeros(2 * size.pairs, size.channels, side, side, dtype=torch.float64)
    classes = [of("class", image) % size.classes for image in range(2 * size.pairs)]
    for image, glyph in enumerate(classes):
        bits = of("glyph", glyph)
        top, left = of("top", image) % (side - 5 * cell + 1), of("left", image) % (side - 3 * cell + 1)
        for y in range(5 * cell):
            for x in range(3 * cell):
                if not bits >> (3 * (y // cell) + x // cell) & 1:
                    continue
                for channel in range(size.channels):
                    at = ((image * size.channels + channel) * side + top + y) * side + left + x
                    images.view(-1)[at] = 80 + 64 * (of("ink", at) % 3)
    seen = ((images - MEAN) / DEVIATION).view(size.pairs, 2 * size.channels, side, side)
    of_pairs = torch.tensor(classes).view(size.pairs, 2)
    return Pairs(seen, of_pairs, (of_pairs[:, 0] <= of_pairs[:, 1]).long())


def _pixels(image: int, digit: int) -> list[int]:
    """A digit of 10x6 pixels somewhere on a background of zeros."""
    top, left = draw("top", image) % 5, draw("left", image) % 9
    pixels = [0] * (SIDE * SIDE)
    for y in range(10):
        for x in range(6):
            if int(FONT[digit][y // 2]) & (4 >> (x // 2)):
                at = (top + y) * SIDE + left + x
                pixels[at] = 80 + 64 * (draw("ink", image * SIDE * SIDE + at) % 3)
    return pixels
