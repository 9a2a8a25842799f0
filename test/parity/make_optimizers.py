"""Writes fixtures/optimizers.json and .bin: ten steps of each optimizer by PyTorch, in float64. See README.md."""

import json

import torch
from torch.optim.swa_utils import AveragedModel

from make_fixtures import FIXTURES, STEPS, Floats, sample_stride, start, state
from rule import Pairs, all_pairs

NETWORK = "weight-sharing"
# Of a longer tensor, at most this many elements are kept.
SAMPLE = 256
ADAMW, SGD, RMSPROP = torch.optim.AdamW, torch.optim.SGD, torch.optim.RMSprop
# Each: the class, the learning rate and other arguments, then pairlab's names for them.
VARIANTS = {
    "adam-decay": (torch.optim.Adam, 0.002, {"weight_decay": 0.05}, {"optimizer": "adam", "weightDecay": 0.05}),
    "adamw": (ADAMW, 0.002, {}, {"optimizer": "adamw"}),
    "adamw-decay": (ADAMW, 0.002, {"weight_decay": 0.5}, {"optimizer": "adamw", "weightDecay": 0.5}),
    "sgd-plain": (SGD, 0.02, {}, {"optimizer": "sgd", "momentum": 0}),
    "sgd": (SGD, 0.01, {"momentum": 0.9}, {"optimizer": "sgd"}),
    "sgd-nesterov": (
        SGD,
        0.01,
        {"momentum": 0.8, "nesterov": True, "weight_decay": 0.05},
        {"optimizer": "sgd", "momentum": 0.8, "nesterov": True, "weightDecay": 0.05},
    ),
    "rmsprop": (RMSPROP, 0.001, {}, {"optimizer": "rmsprop"}),
    "rmsprop-decay": (RMSPROP, 0.001, {"weight_decay": 0.05}, {"optimizer": "rmsprop", "weightDecay": 0.05}),
    "recipe": (
        ADAMW,
        0.004,
        {"weight_decay": 0.1},
        {"optimizer": "adamw", "weightDecay": 0.1, "schedule": "one-cycle", "clipNorm": 1.5, "weightAverage": 0.7},
    ),
}


def train(variant, pairs: Pairs, floats: Floats) -> dict:
    optimizer_class, rate, arguments, settings = variant
    network = start(NETWORK, ties=False)
    optimizer = optimizer_class(network.parameters(), lr=rate, **arguments)
    schedule = average = None
    if "schedule" in settings:
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, max_lr=rate, total_steps=len(STEPS), final_div_factor=1e4, cycle_momentum=False
        )
    if "weightAverage" in settings:
        decay = settings["weightAverage"]
        average = AveragedModel(network, avg_fn=lambda old, new, _: decay * old + (1 - decay) * new, use_buffers=True)
    losses, clipped = [], 0
    for step, batch in enumerate(STEPS):
        optimizer.zero_grad()
        loss = network.loss(pairs.select(batch))
        loss.backward()
        if "clipNorm" in settings:
            norm = torch.nn.utils.clip_grad_norm_(network.parameters(), settings["clipNorm"])
            clipped += int(norm > settings["clipNorm"])
        optimizer.step()
        if schedule and step + 1 < len(STEPS):
            schedule.step()
        if average:
            average.update_parameters(network)
        losses.append(loss.item())
    assert "clipNorm" not in settings or 0 < clipped < len(STEPS), "clipping has to do something, and not always"

    def keep(of) -> dict:
        return {name: floats.add(value, stride(value.numel())) for name, value in state(of).items()}

    content = {"learningRate": rate, "settings": settings, "losses": losses, "trained": keep(network)}
    return {**content, "averaged": keep(average.module)} if average else content


def stride(size: int) -> int:
    return sample_stride(size, SAMPLE)


def main():
    torch.set_num_threads(1)
    pairs = all_pairs()
    floats = Floats()
    variants = {name: train(variant, pairs, floats) for name, variant in VARIANTS.items()}
    content = {"network": NETWORK, "steps": STEPS, "variants": variants}
    floats.write(FIXTURES / "optimizers.bin")
    (FIXTURES / "optimizers.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
