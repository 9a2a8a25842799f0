"""Writes fixtures/schedules.json: the learning rate of every step by torch.optim.lr_scheduler. See README.md."""

import json
import warnings
from pathlib import Path

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, OneCycleLR, StepLR

RATE = 0.003
TOTALS = [1, 2, 3, 10, 100, 500]
SCHEDULES = {
    "step": lambda optimizer, total: StepLR(optimizer, step_size=-(-total // 3), gamma=0.1),
    # Its closed form: the steps of `get_lr` multiply from one to the next and gather rounding.
    "cosine": lambda optimizer, total: CosineAnnealingLR(optimizer, T_max=total, eta_min=0),
    "one-cycle": lambda optimizer, total: OneCycleLR(
        optimizer,
        max_lr=RATE,
        total_steps=total,
        anneal_strategy="cos",
        pct_start=0.3,
        div_factor=25,
        final_div_factor=1e4,
        cycle_momentum=False,
    ),
}


def rates(name: str, total: int) -> list[float]:
    """Of each step, before it is taken."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    schedule = SCHEDULES[name](optimizer, total)
    result = []
    for step in range(total):
        if name == "cosine":
            result.append(schedule._get_closed_form_lr()[0])
        else:
            result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < total:
            schedule.step()
    return result


def main():
    # A schedule of one step ends where it starts, which PyTorch remarks on.
    warnings.simplefilter("ignore")
    fixture = {name: {str(total): rates(name, total) for total in TOTALS} for name in SCHEDULES}
    path = Path(__file__).parent / "fixtures" / "schedules.json"
    path.write_text(json.dumps({"rate": RATE, "schedules": fixture}) + "\n")


if __name__ == "__main__":
    main()
