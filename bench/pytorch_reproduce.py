"""
One architecture over a number of rounds in PyTorch, as the paper trains it, on the pairs that pairlab draws: a second
opinion on its test error. PyTorch's own weights, batch order and dropout; pairs from `pairlab pairs`.

    python3 bench/pytorch_reproduce.py one-by-one 10
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from torch import nn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test" / "parity"))

from networks import NETWORKS
from rule import Pairs

EPOCHS = 25
BATCH = 50
DROPOUT = 0.5


def draw_pairs(seed: int) -> tuple[Pairs, Pairs]:
    """The training and test pairs of a seed, inputs standardised by the training pairs' mean and deviation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.safetensors"
        program = ["node", str(ROOT / "bin" / "pairlab.js"), "pairs", "--quiet"]
        subprocess.run([*program, "--seed", str(seed), "--out", str(path)], check=True)
        file = path.read_bytes()
    length = int.from_bytes(file[:8], "little")
    header, data = json.loads(file[8 : 8 + length]), bytearray(file[8 + length :])
    types = {"F32": torch.float32, "I64": torch.int64}

    def tensor(name: str) -> torch.Tensor:
        entry = header[name]
        start, end = entry["data_offsets"]
        return torch.frombuffer(data[start:end], dtype=types[entry["dtype"]]).reshape(entry["shape"])

    mean, deviation = tensor("train_input").mean(), tensor("train_input").std()

    def pairs(part: str) -> Pairs:
        images = (tensor(f"{part}_input") - mean) / deviation
        return Pairs(images=images, classes=tensor(f"{part}_classes"), targets=tensor(f"{part}_target"))

    return pairs("train"), pairs("test")


def test_error(architecture: str, seed: int) -> float:
    train, test = draw_pairs(seed)
    torch.manual_seed(seed)
    network = NETWORKS[architecture]()
    for layer in network.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = DROPOUT
    optimizer = torch.optim.Adam(network.parameters(), lr=network.learning_rate)
    count = len(train.targets)
    for _ in range(EPOCHS):
        network.train()
        order = torch.randperm(count)
        for start in range(0, count, BATCH):
            batch = order[start : start + BATCH]
            loss = network.loss(
                Pairs(images=train.images[batch], classes=train.classes[batch], targets=train.targets[batch])
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    network.eval()
    with torch.no_grad():
        return network.errors(test) / len(test.targets)


def main(architecture: str, rounds: int) -> None:
    errors = [100 * test_error(architecture, seed) for seed in range(rounds)]
    print(f"{architecture}: test error {statistics.mean(errors):.1f}% ± {statistics.stdev(errors):.2f} pt, {rounds} rounds")


main(sys.argv[1], int(sys.argv[2]))
