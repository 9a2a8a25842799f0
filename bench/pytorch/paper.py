"""
A share of the whole paper: python3 paper.py FOLDER. Each line on standard input names an architecture and a seed; it is
trained as the paper trains it, training and test pairs evaluated after each epoch, and the last epoch's losses and errors
are the answer.
"""

import json
import sys
from pathlib import Path

import torch

from pairs import read_pairs
from training import EPOCHS, Training

# The fastest of 50, 100, 250, 500 and 1,000.
EVALUATED_AT_ONCE = 100


def run(folder: Path, architecture: str, seed: int) -> dict[str, float]:
    train, test = read_pairs(folder / f"pairs-{seed}.safetensors")
    torch.manual_seed(seed)
    training = Training(architecture, "best")
    for _ in range(EPOCHS):
        training.epoch(train)
        results = [training.evaluate(pairs, EVALUATED_AT_ONCE) for pairs in (train, test)]
    (train_loss, train_error), (test_loss, test_error) = results
    return {"trainLoss": train_loss, "trainError": train_error, "testLoss": test_loss, "testError": test_error}


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(run(folder, request["architecture"], request["seed"])), flush=True)


main(Path(sys.argv[1]))
