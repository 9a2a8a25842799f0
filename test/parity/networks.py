"""
The five networks in PyTorch, two of the trunk family, two that compare features, small ones of layers and losses that none of
these has, and networks for images of other sizes.
"""

from copy import deepcopy

import torch
from torch import nn
from torch.nn import functional as F

from rule import BACKGROUND, SIDE, Pairs


class PairNetwork(nn.Module):
    """
    A trunk sees all images of a batch as one batch, in the order pair 0 first, pair 0 second, pair 1 first, ...; of
    separate trunks the first sees the first images, the second the second. A head sees each pair's two outputs side by
    side, or without a trunk the two images as channels of one.
    """

    def __init__(self, learning_rate, trunk=(), head=(), auxiliary_weight=0.0, separate=False, **more):
        super().__init__()
        self.learning_rate = learning_rate
        self.auxiliary_weight = auxiliary_weight
        self.separate = separate
        self.pair_weight = more.get("pair_weight", 1.0)
        self.label_smoothing = more.get("label_smoothing", 0.0)
        self.views = more.get("views", False)
        self.channels = more.get("channels", 1)
        self.classes = more.get("classes", 10)
        if separate:
            self.first = nn.Sequential(*trunk)
            self.second = deepcopy(self.first)
        else:
            self.trunk = nn.Sequential(*trunk)
        self.head = nn.Sequential(*head)

    def forward(self, images):
        """The trunks' outputs [2 * pairs, features], and the relation's logits [pairs, 2]; None where there are none."""
        if self.separate:
            each = self.first(images[:, :1]), self.second(images[:, 1:])
            features = torch.stack(each, 1).flatten(0, 1)
        elif len(self.trunk) == 0:
            return None, self.head(images)
        else:
            features = self.trunk(images.reshape(-1, self.channels, *images.shape[2:]))
            if self.views and not self.training:
                features = self.viewed(features, images.view(-1, 1, SIDE, SIDE))
        if len(self.head) == 0:
            return features, None
        return features, self.head(features.view(len(images), -1))

    def viewed(self, logits, images):
        """The mean logits over the images and, at half the weight, their four shifts by one pixel."""
        total = logits
        padded = F.pad(images, (1, 1, 1, 1), value=BACKGROUND)
        for top, left in ((0, 1), (2, 1), (1, 0), (1, 2)):
            total = total + 0.5 * self.trunk(padded[:, :, top : top + SIDE, left : left + SIDE])
        return total / 3

    def loss(self, pairs: Pairs):
        return self.loss_of(self(pairs.images), pairs)

    def loss_of(self, outputs, pairs: Pairs):
        features, answer = outputs
        loss = 0 if answer is None else self.pair_weight * F.cross_entropy(answer, pairs.targets)
        if self.auxiliary_weight > 0:
            digits = features.view(-1, 2, self.classes)
            smoothing = self.label_smoothing if self.training else 0.0
            for side in (0, 1):
                own = F.cross_entropy(digits[:, side], pairs.classes[:, side], label_smoothing=smoothing)
                loss = loss + self.auxiliary_weight * own
        return loss

    def errors(self, pairs: Pairs) -> int:
        """Pairs whose relation the network gets wrong."""
        return self.errors_of(self(pairs.images), pairs)

    def errors_of(self, outputs, pairs: Pairs) -> int:
        features, answer = outputs
        if answer is None:
            digits = features.view(-1, 2, self.classes).argmax(2)
            decisions = (digits[:, 0] <= digits[:, 1]).long()
        else:
            decisions = answer.argmax(1)
        return int((decisions != pairs.targets).sum())


def convolutions(channels, batch_norm=True):
    """[channels, 14, 14] -> 32 maps of 5x5 -> 64 maps of 2x2 -> [256]."""
    normalize = (lambda maps: [nn.BatchNorm2d(maps)]) if batch_norm else (lambda maps: [])
    first = [nn.Conv2d(channels, 32, 5), *normalize(32), nn.MaxPool2d(2), nn.ReLU()]
    second = [nn.Conv2d(32, 64, 2), *normalize(64), nn.MaxPool2d(2), nn.ReLU()]
    return [*first, *second, nn.Flatten()]


def dropout():
    """Rate 0: the layer keeps its place in the state dict's count and passes everything on."""
    return nn.Dropout(0.0)


def mlp():
    layers = [nn.Flatten(), nn.Linear(392, 200), nn.ReLU(), nn.Linear(200, 50), nn.ReLU()]
    return PairNetwork(2e-3, head=[*layers, nn.Linear(50, 20), nn.ReLU(), nn.Linear(20, 2)])


def simple_cnn():
    head = [*convolutions(2), dropout(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 2)]
    return PairNetwork(3e-3, head=head)


def weight_sharing():
    head = [nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 2)]
    return PairNetwork(2e-3, trunk=convolutions(1), head=head)


def weight_sharing_auxiliary(separate=False):
    trunk = [*convolutions(1), nn.Linear(256, 128), dropout(), nn.ReLU(), nn.Linear(128, 10)]
    first = [nn.Linear(20, 200), dropout(), nn.ReLU()]
    second = [nn.Linear(200, 200), dropout(), nn.ReLU()]
    return PairNetwork(3e-3, trunk, [*first, *second, nn.Linear(200, 2)], auxiliary_weight=0.5, separate=separate)


def one_by_one():
    classifier = [nn.Linear(256, 128), nn.ReLU(), dropout(), nn.Linear(128, 10)]
    return PairNetwork(2e-3, trunk=[*convolutions(1, batch_norm=False), *classifier], auxiliary_weight=0.5)


def separate_rule():
    trunk = [*convolutions(1, batch_norm=False), nn.Linear(256, 128), dropout(), nn.ReLU(), nn.Linear(128, 10)]
    return PairNetwork(3e-3, trunk, auxiliary_weight=0.5, separate=True)


class Residual(nn.Module):
    """body(x) + shortcut(x); without a shortcut, body(x) + x."""

    def __init__(self, body, shortcut=()):
        super().__init__()
        self.body = nn.Sequential(*body)
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


def small_resnet(separate=False):
    """A block beside its input, one with stride 2 beside a projection, one within another; two linear layers."""
    stem = [nn.Conv2d(1, 8, 5), nn.BatchNorm2d(8), nn.MaxPool2d(2), nn.ReLU()]
    same = [nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8)]
    halving = [nn.Conv2d(8, 12, 3, stride=2, padding=1), nn.BatchNorm2d(12), nn.ReLU()]
    halving += [nn.Conv2d(12, 12, 3, padding=1), nn.BatchNorm2d(12)]
    projection = [nn.Conv2d(8, 12, 1, stride=2), nn.BatchNorm2d(12)]
    nested = Residual([Residual([nn.Conv2d(12, 12, 1), nn.BatchNorm2d(12)]), nn.ReLU()])
    blocks = [Residual(same), nn.ReLU(), Residual(halving, projection), nn.ReLU(), nested]
    trunk = [*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 10)]
    head = [nn.Linear(20, 16), Residual([nn.ReLU(), nn.Linear(16, 16)]), nn.Linear(16, 2)]
    return PairNetwork(3e-3, trunk, head, auxiliary_weight=0.5, separate=separate)


def pools():
    """Max-pools and average pools that overlap, lie apart, and reach over padding."""
    trunk = [nn.Conv2d(1, 6, 3), nn.MaxPool2d(3, stride=2, padding=1), nn.ReLU(), nn.AvgPool2d(3, stride=1, padding=1)]
    trunk += [nn.Conv2d(6, 9, 2), nn.MaxPool2d(2, stride=1), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(36, 10)]
    return PairNetwork(3e-3, trunk, [nn.Linear(20, 2)], auxiliary_weight=0.5)


class Softmax(nn.Module):
    """Of each of equal groups of a flat input's elements."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        return x.unflatten(1, (self.groups, -1)).softmax(2).flatten(1)


class Ordinal(nn.Module):
    """ln P(a > b) and ln P(a <= b) of two beliefs side by side."""

    def forward(self, beliefs):
        p, q = beliefs.chunk(2, 1)
        joint = p.unsqueeze(2) * q.unsqueeze(1)
        unlike = joint.tril(-1).sum((1, 2))
        like = joint.triu().sum((1, 2))
        return torch.stack([unlike, like], 1).clamp(min=2.0**-126).log()


def smooth():
    first = [nn.Conv2d(1, 6, 5), nn.GroupNorm(3, 6), nn.GELU()]
    second = [nn.Conv2d(6, 10, 3, stride=2), nn.SiLU(), nn.Flatten()]
    trunk = [*first, *second, nn.Linear(160, 24), nn.LayerNorm(24), nn.LeakyReLU(0.125), nn.Linear(24, 10)]
    more = {"pair_weight": 0.75, "label_smoothing": 0.1, "views": True}
    return PairNetwork(2e-3, trunk, [Softmax(2), Ordinal()], auxiliary_weight=0.5, **more)


def halves(x):
    """The features of the first images and of the second."""
    return x.chunk(2, 1)


class Difference(nn.Module):
    def forward(self, x):
        f, g = halves(x)
        return f - g


class AbsoluteDifference(nn.Module):
    def forward(self, x):
        f, g = halves(x)
        return (f - g).abs()


class Product(nn.Module):
    def forward(self, x):
        f, g = halves(x)
        return f * g


class Matching(nn.Module):
    """|f - g| beside f * g."""

    def forward(self, x):
        f, g = halves(x)
        return torch.cat([(f - g).abs(), f * g], 1)


class Normalize(nn.Module):
    """To length 1, each of equal groups of a flat input's elements."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        return F.normalize(x.unflatten(1, (self.groups, -1)), dim=2).flatten(1)


class Measured(nn.Module):
    """The logits 0 and a number, scaled and shifted."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return logits(self.weight * self.measure(*halves(x)) + self.bias)


class Cosine(Measured):
    def measure(self, f, g):
        return F.cosine_similarity(f, g, dim=1)


class SquaredDistance(Measured):
    def measure(self, f, g):
        return F.pairwise_distance(f, g, eps=0.0) ** 2


class ScoreDifference(nn.Module):
    def forward(self, x):
        return logits(x[:, 1] - x[:, 0])


def logits(holds):
    """Beside a logit of 0."""
    return torch.stack([torch.zeros_like(holds), holds], 1)


def matching():
    trunk = [*convolutions(1), nn.Linear(256, 64), nn.BatchNorm1d(64)]
    return PairNetwork(3e-3, trunk, [Matching(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 2)])


def ranking():
    return PairNetwork(3e-3, [*convolutions(1), dropout(), nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 1)], [ScoreDifference()])


def comparing(*head):
    """Six features of each image, compared."""
    trunk = [nn.Conv2d(1, 4, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(100, 6), nn.ReLU()]
    return PairNetwork(3e-3, trunk, head)


def small_scores():
    trunk = [nn.Conv2d(1, 4, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(100, 6), nn.ReLU(), nn.Linear(6, 1)]
    return PairNetwork(3e-3, trunk, [ScoreDifference()])


def three_by_three(channels):
    """Four 3x3 convolutions, about 100,000 parameters on maps of any size."""
    trunk = []
    for before, maps in ((channels, 32), (32, 48), (48, 64), (64, 80)):
        trunk += [nn.Conv2d(before, maps, 3, padding=1), nn.BatchNorm2d(maps), nn.MaxPool2d(2), nn.ReLU()]
    trunk += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(80, 64)]
    return PairNetwork(1e-3, trunk, [nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 2)], channels=channels)


def best_trunk():
    """The trunk of `best`, which names digits."""
    trunk, before = [], 1
    for maps, pools in ((32, False), (32, True), (48, False), (48, True), (64, False)):
        pool = [nn.MaxPool2d(2)] if pools else []
        trunk += [nn.Conv2d(before, maps, 3, padding=1), nn.BatchNorm2d(maps), *pool, nn.ReLU()]
        before = maps
    return PairNetwork(2e-3, [*trunk, nn.Flatten(), dropout(), nn.Linear(64 * 3 * 3, 10)], auxiliary_weight=1.0)


def resnet_sharing_auxiliary():
    """The basic block of He et al. 2016, once beside its input and once with stride 2 beside a projection."""

    def block(before, maps, stride=1):
        body = [nn.Conv2d(before, maps, 3, stride, 1), nn.BatchNorm2d(maps), nn.ReLU()]
        body += [nn.Conv2d(maps, maps, 3, padding=1), nn.BatchNorm2d(maps)]
        beside = [] if stride == 1 else [nn.Conv2d(before, maps, 1, stride), nn.BatchNorm2d(maps)]
        return [Residual(body, beside), nn.ReLU()]

    first = [nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.MaxPool2d(2), nn.ReLU()]
    last = [nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), nn.Linear(64, 10)]
    head = [nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 2)]
    return PairNetwork(3e-3, [*first, *block(32, 32), *block(32, 64, 2), *last], head, auxiliary_weight=0.5)


def matching_colour():
    """`matching` on 32x32 pixels of three channels."""
    trunk = [*convolutions(3), nn.Linear(64 * 6 * 6, 64), nn.BatchNorm1d(64)]
    head = [Matching(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 2)]
    return PairNetwork(3e-3, trunk, head, channels=3)


def letters():
    """`weight-sharing-auxiliary` on 28x28 pixels and 26 classes."""
    trunk = [*convolutions(1), nn.Linear(64 * 5 * 5, 128), dropout(), nn.ReLU(), nn.Linear(128, 26)]
    first = [nn.Linear(52, 200), dropout(), nn.ReLU()]
    second = [nn.Linear(200, 200), dropout(), nn.ReLU()]
    return PairNetwork(3e-3, trunk, [*first, *second, nn.Linear(200, 2)], auxiliary_weight=0.5, classes=26)


NETWORKS = {
    "mlp": mlp,
    "simple-cnn": simple_cnn,
    "weight-sharing": weight_sharing,
    "weight-sharing-auxiliary": weight_sharing_auxiliary,
    "one-by-one": one_by_one,
    "trunk+auxiliary+batch-norm+dropout": lambda: weight_sharing_auxiliary(separate=True),
    "trunk+auxiliary+dropout+rule": separate_rule,
    "small-resnet": small_resnet,
    "small-resnet-separate": lambda: small_resnet(separate=True),
    "pools": pools,
    "smooth": smooth,
    "matching": matching,
    "ranking": ranking,
    "small-difference": lambda: comparing(Difference(), nn.Linear(6, 2)),
    "small-absolute-difference": lambda: comparing(AbsoluteDifference(), nn.Linear(6, 2)),
    "small-product": lambda: comparing(Product(), nn.Linear(6, 2)),
    "small-matching": lambda: comparing(Matching(), nn.Linear(12, 2)),
    "small-normalize": lambda: comparing(Normalize(2), nn.Linear(12, 2)),
    "small-cosine": lambda: comparing(Cosine()),
    "small-squared-distance": lambda: comparing(SquaredDistance()),
    "small-score-difference": small_scores,
    "three-by-three-grey": lambda: three_by_three(1),
    "three-by-three": lambda: three_by_three(3),
    "best-trunk": best_trunk,
    "resnet-sharing-auxiliary": resnet_sharing_auxiliary,
    "matching-colour": matching_colour,
    "letters": letters,
}
