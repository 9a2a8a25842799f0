"""Writes fixtures/: what PyTorch makes, in float64, of the networks and pairs of the integer rule. See README.md."""

import json
import sys
from array import array
from math import gcd
from pathlib import Path

import torch
from torch import nn

from decisions import Decisions
from networks import NETWORKS, PairNetwork
from rule import PAIRS, SIZES, Pairs, all_pairs, sized_pairs, starting_values

FIXTURES = Path(__file__).parent / "fixtures"
# Of a longer tensor, at most this many elements show where training ended; of separate trunks, its gradient too.
SAMPLE = 4096
# Scattered over the pairs; the training has one short batch in its midst.
SHORT_BATCH = [(3 + 5 * i) % PAIRS for i in range(7)]
STEPS = [[(s + 7 * i) % PAIRS for i in range(5 if s == 4 else 8)] for s in range(10)]
# The same for images of other sizes. They have so many pixels that larger batches would have calls too close for float32.
FEW = [4, 1, 2]
FEW_STEPS = [[0, 3], [5, 1], [2], [4, 0]]


class Floats:
    """The float32 values of one fixture, one array after the other."""

    def __init__(self):
        self.values = array("f")

    def add(self, tensor: torch.Tensor, stride=1) -> dict:
        """Appends every stride-th element; returns what the fixture's JSON says about them."""
        elements = tensor.detach().flatten()[::stride].tolist()
        entry = {"offset": len(self.values), "length": len(elements), "stride": stride}
        self.values.extend(elements)
        return entry

    def write(self, path: Path):
        if sys.byteorder == "big":
            self.values.byteswap()
        path.write_bytes(self.values.tobytes())


def sample_stride(size: int, sample=SAMPLE) -> int:
    """A stride that leaves at most `sample` elements, and meets every row and column."""
    stride = -(-size // sample)
    while gcd(stride, size) > 1:
        stride += 1
    return stride


def state(network: PairNetwork) -> dict[str, torch.Tensor]:
    """The state dict without batch norm's counters of batches."""
    return {name: tensor for name, tensor in network.state_dict().items() if tensor.is_floating_point()}


def start(name: str, ties: bool, dtype=torch.float64) -> PairNetwork:
    network = NETWORKS[name]().to(dtype)
    for tensor, value in state(network).items():
        value.copy_(start_of(name, tensor, tuple(value.shape), ties))
    return network


def start_of(name: str, tensor: str, shape: tuple[int, ...], ties: bool) -> torch.Tensor:
    prefix = f"{SIZES[name].salt}/" if name in SIZES else ""
    return starting_values(prefix + tensor, shape, ties)


def one_batch(name: str, pairs: Pairs, floats: Floats) -> tuple[dict, Decisions]:
    """Loss, gradients and running statistics of a short batch, then the evaluation of all pairs."""
    network = start(name, ties=True)
    decisions = Decisions(network)
    batch = FEW if name in SIZES else SHORT_BATCH
    loss = network.loss(pairs.select(batch))
    loss.backward()
    stride = sample_stride if network.separate or name in SIZES else lambda size: 1
    content = {
        "batch": batch,
        "loss": loss.item(),
        "gradients": {
            tensor: floats.add(parameter.grad, stride(parameter.numel()))
            for tensor, parameter in network.named_parameters()
        },
        "running": {tensor: floats.add(buffer) for tensor, buffer in state(network).items() if "running" in tensor},
    }
    network.eval()
    with torch.no_grad():
        content["evaluation"] = {"loss": network.loss(pairs).item(), "errors": network.errors(pairs)}
    return content, decisions


def train(network: PairNetwork, pairs: Pairs, steps: list[list[int]]) -> list[float]:
    optimizer = torch.optim.Adam(network.parameters(), lr=network.learning_rate)
    losses = []
    for batch in steps:
        optimizer.zero_grad()
        loss = network.loss(pairs.select(batch))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def ten_steps(name: str, pairs: Pairs, floats: Floats) -> tuple[dict, Decisions]:
    """Steps of Adam from the start."""
    network = start(name, ties=False)
    decisions = Decisions(network)
    steps = FEW_STEPS if name in SIZES else STEPS
    losses = train(network, pairs, steps)
    trained = {tensor: floats.add(value, sample_stride(value.numel())) for tensor, value in state(network).items()}
    return {"steps": steps, "losses": losses, "trained": trained}, decisions


def single_precision_error(name: str, pairs: Pairs) -> float:
    """How far float32 takes PyTorch itself from its float64 in ten steps: the worst tensor's change, relative L2."""
    ends = []
    for dtype in (torch.float32, torch.float64):
        network = start(name, False, dtype)
        train(network, Pairs(pairs.images.to(dtype), pairs.classes, pairs.targets), FEW_STEPS if name in SIZES else STEPS)
        ends.append({tensor: parameter.detach().double() for tensor, parameter in network.named_parameters()})
    single, double = ends
    worst = 0.0
    for tensor, end in double.items():
        change = end - start_of(name, tensor, tuple(end.shape), False)
        if change.norm() > 1e-6:
            worst = max(worst, float((single[tensor] - end).norm() / change.norm()))
    return worst


def make(name: str, pairs: Pairs):
    floats = Floats()
    batch, batch_decisions = one_batch(name, pairs, floats)
    training, training_decisions = ten_steps(name, pairs, floats)
    floats.write(FIXTURES / f"{name}.bin")
    (FIXTURES / f"{name}.json").write_text(json.dumps({**batch, **training}, indent=1) + "\n")
    has_pools = any(isinstance(module, nn.MaxPool2d) for module in NETWORKS[name]().modules())
    assert batch_decisions.ties > 0 or not has_pools, "no tie tests which of equal values wins"
    print(
        f"{name}: {batch_decisions.ties} tied windows; closest call {batch_decisions.closest:.1e}, in training "
        f"{training_decisions.closest:.1e}; PyTorch's own float32 ends {single_precision_error(name, pairs):.1e} off"
    )


def main(names):
    # One thread sums in one order, so the files come out the same each time.
    torch.set_num_threads(1)
    pairs = all_pairs()
    assert 0 < pairs.select(SHORT_BATCH).targets.sum() < len(SHORT_BATCH)
    assert len(pairs.classes.unique()) == 10
    FIXTURES.mkdir(exist_ok=True)
    for name in names or NETWORKS:
        # The grey twin is only raced.
        if name != "three-by-three-grey":
            make(name, sized_pairs(SIZES[name]) if name in SIZES else pairs)


if __name__ == "__main__":
    main(sys.argv[1:])
