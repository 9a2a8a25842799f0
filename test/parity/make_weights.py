"""
Writes fixtures/weights-*.safetensors: a small network that PyTorch trained, in each type of float, and what it decides of 1,000 pairs of
digits. See README.md.

python3 test/parity/make_weights.py PAIRS, where PAIRS is from `pairlab pairs --seed 0 --out PAIRS`.
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from networks import PairNetwork, Residual

FIXTURES = Path(__file__).parent / "fixtures"
TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NAMES = {torch.int64: "I64", **{dtype: name for name, dtype in TYPES.items()}}


def network():
    """As `network` in weights.test.ts has it."""
    stem = [nn.Conv2d(1, 6, 5), nn.BatchNorm2d(6), nn.MaxPool2d(2), nn.ReLU()]
    block = Residual([nn.Conv2d(6, 6, 3, padding=1), nn.BatchNorm2d(6)])
    trunk = [*stem, block, nn.ReLU(), nn.Flatten(), nn.Linear(150, 16), nn.ReLU()]
    return PairNetwork(3e-3, trunk, [nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 2)]).double()


def read(path):
    """The tensors of a safetensors file of F32 and I64."""
    content = Path(path).read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    types = {"F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for name, entry in json.loads(content[8:start]).items():
        if name == "__metadata__":
            continue
        first, end = (start + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(content[first:end]), dtype=types[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write(path, tensors):
    """A safetensors file without metadata, in the order of the tensors, without padding between them."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        flat = tensor.contiguous().flatten()
        # NumPy has no bfloat16.
        raw = (flat.view(torch.int16) if flat.dtype == torch.bfloat16 else flat).numpy().tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    Path(path).write_bytes(len(text).to_bytes(8, "little") + text + data)


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    pairs = read(sys.argv[1])
    images, targets = pairs["train_input"].double(), pairs["train_target"]
    mean, deviation = images.mean().item(), images.std().item()
    scaled = (images - mean) / deviation
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(12):
        for batch in torch.randperm(len(scaled)).split(50):
            optimizer.zero_grad()
            F.cross_entropy(model(scaled[batch])[1], targets[batch]).backward()
            optimizer.step()
    test = (pairs["test_input"].double() - mean) / deviation
    expected = {"mean": mean, "deviation": deviation, "decisions": {}}
    state = model.state_dict()
    for name, dtype in TYPES.items():
        tensors = {key: value.to(dtype) if value.is_floating_point() else value for key, value in state.items()}
        write(FIXTURES / f"weights-{name.lower()}.safetensors", tensors)
        same = network()
        same.load_state_dict(tensors)
        same.eval()
        with torch.no_grad():
            logits = same(test)[1]
        decisions = logits.argmax(1)
        closest = (logits[:, 1] - logits[:, 0]).abs().min().item()
        wrong = int((decisions != pairs["test_target"]).sum())
        print(f"{name}: {wrong} of {len(decisions)} wrong; the closest two logits are {closest:.1e} apart")
        expected["decisions"][name] = "".join(str(int(each)) for each in decisions)
    (FIXTURES / "weights.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
