"""
One architecture over a number of rounds in PyTorch, as the paper trains it, on the pairs that pairlab draws: a second
opinion on its test error. PyTorch's own weights, batch order and dropout; pairs from `pairlab pairs`.

    python3 bench/pytorch/reproduce.py one-by-one 10
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

from pairs import ROOT, Pairs, read_pairs
from training import EPOCHS, Training


def draw_pairs(seed: int) -> tuple[Pairs, Pairs]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.safetensors"
        program = ["node", str(ROOT / "bin" / "pairlab.js"), "pairs", "--quiet"]
        subprocess.run([*program, "--seed", str(seed), "--out", str(path)], check=True)
        return read_pairs(path)


def test_error(architecture: str, seed: int) -> float:
    train, test = draw_pairs(seed)
    torch.manual_seed(seed)
    training = Training(architecture, "usual")
    for _ in range(EPOCHS):
        training.epoch(train)
    _, error = training.evaluate(test)
    return error


def main(architecture: str, rounds: int) -> None:
    errors = [100 * test_error(architecture, seed) for seed in range(rounds)]
    print(f"{architecture}: test error {statistics.mean(errors):.1f}% ± {statistics.stdev(errors):.2f} pt, {rounds} rounds")


main(sys.argv[1], int(sys.argv[2]))
