"""
A contestant: python3 race.py FOLDER ARCHITECTURE usual|best wall|processor. For each line on standard input, `check` or `epoch`, it
answers with a line of JSON.
"""

import json
import sys
import time
from pathlib import Path

import torch

from pairs import read_pairs, read_safetensors
from training import BATCH, Training


def check(folder: Path, architecture: str, form: str, train, steps: int) -> list[float]:
    """The loss of the first batch, and of the same batch after a number of steps on it; no dropout."""
    training = Training(architecture, form, dropout=0.0)
    training.network.load_state_dict(read_safetensors(folder / f"{architecture}.safetensors"))
    training.network.train()
    batch = train.select(slice(0, BATCH))
    losses = [training.step(batch).item() for _ in range(steps + 1)]
    return [losses[0], losses[-1]]


CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}


def main(folder: Path, architecture: str, form: str, clock: str) -> None:
    now = CLOCKS[clock]
    torch.set_num_threads(1)
    train, _ = read_pairs(folder / "pairs.safetensors")
    training = Training(architecture, form)
    training.network.load_state_dict(read_safetensors(folder / f"{architecture}.safetensors"))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "check":
            answer = {"losses": check(folder, architecture, form, train, request["steps"])}
        else:
            started = now()
            training.epoch(train)
            answer = {"milliseconds": 1000 * (now() - started)}
        print(json.dumps(answer), flush=True)


main(Path(sys.argv[1]), *sys.argv[2:])
