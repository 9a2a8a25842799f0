"""
One of the five networks in PyTorch, as usually written, on one thread: trains an epoch for each line on standard input
and answers with its milliseconds. The pairs are random: only the time counts.
"""

import sys
import time
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "test" / "parity"))

from networks import NETWORKS
from rule import Pairs

PAIRS = 1000
BATCH = 50
DROPOUT = 0.5


def main(architecture: str) -> None:
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float32)
    network = NETWORKS[architecture]()
    for layer in network.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = DROPOUT
    images = torch.randn(PAIRS, 2, 14, 14)
    targets = torch.randint(0, 2, (PAIRS,))
    classes = torch.randint(0, 10, (PAIRS, 2))
    optimizer = torch.optim.Adam(network.parameters(), lr=network.learning_rate)
    print(torch.__version__, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        network.train()
        order = torch.randperm(PAIRS)
        for start in range(0, PAIRS, BATCH):
            batch = order[start : start + BATCH]
            loss = network.loss(Pairs(images=images[batch], classes=classes[batch], targets=targets[batch]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(1000 * (time.perf_counter() - started), flush=True)


main(sys.argv[1])
