"""
The five networks and an epoch of their training, in two forms.

usual   as the tutorials write it
best    the fastest settings found: channels_last, Adam's foreach form, gradients set to None between batches

docs/bench.md says what else was tried.
"""

import torch
from torch import nn

from pairs import Pairs
from networks import NETWORKS

EPOCHS = 25
BATCH = 50
DROPOUT = 0.5


class Training:
    def __init__(self, architecture: str, form: str, dropout: float = DROPOUT):
        torch.set_default_dtype(torch.float32)
        self.best = form == "best"
        self.network = NETWORKS[architecture]()
        for layer in self.network.modules():
            if isinstance(layer, nn.Dropout):
                layer.p = dropout
        if self.best:
            self.network = self.network.to(memory_format=torch.channels_last)
        rate = self.network.learning_rate
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=rate, foreach=self.best)

    def step(self, batch: Pairs) -> torch.Tensor:
        """Trains on a batch and gives the loss it had before."""
        loss = self.network.loss(batch)
        self.optimizer.zero_grad(set_to_none=self.best)
        loss.backward()
        self.optimizer.step()
        return loss

    def epoch(self, pairs: Pairs) -> None:
        self.network.train()
        order = torch.randperm(len(pairs.targets))
        for start in range(0, len(order), BATCH):
            self.step(pairs.select(order[start : start + BATCH]))

    def evaluate(self, pairs: Pairs, size: int = BATCH) -> tuple[float, float]:
        """Mean loss, and the fraction of pairs that the network gets wrong."""
        self.network.eval()
        loss, errors, count = 0.0, 0, len(pairs.targets)
        with torch.no_grad():
            for start in range(0, count, size):
                batch = pairs.select(slice(start, start + size))
                outputs = self.network(batch.images)
                loss += self.network.loss_of(outputs, batch).item() * len(batch.targets)
                errors += self.network.errors_of(outputs, batch)
        return loss / count, errors / count
