"""Reads what pairlab writes: a round's pairs, and weights. Both are safetensors files."""

import json
import sys
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "test" / "parity"))

from rule import Pairs

TYPES = {"F32": torch.float32, "I64": torch.int64}


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    file = path.read_bytes()
    length = int.from_bytes(file[:8], "little")
    header, data = json.loads(file[8 : 8 + length]), bytearray(file[8 + length :])
    header.pop("__metadata__", None)

    def tensor(entry) -> torch.Tensor:
        start, end = entry["data_offsets"]
        return torch.frombuffer(data[start:end], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])

    return {name: tensor(entry) for name, entry in header.items()}


def read_pairs(path: Path) -> tuple[Pairs, Pairs]:
    """The training and test pairs of a file, inputs standardised by the training pairs' mean and deviation."""
    tensors = read_safetensors(path)
    mean, deviation = tensors["train_input"].mean(), tensors["train_input"].std()

    def pairs(part: str) -> Pairs:
        images = (tensors[f"{part}_input"] - mean) / deviation
        return Pairs(images=images, classes=tensors[f"{part}_classes"], targets=tensors[f"{part}_target"])

    return pairs("train"), pairs("test")
