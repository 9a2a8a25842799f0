"""Writes events.json: event files as TensorBoard's own messages and record writer make them.

    pip install tensorboard && python test/tensorboard/make_fixture.py
"""

import io
import json
import pathlib

import tensorboard
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

CASES = {
    "no step": (2.0, []),
    "epochs": (
        1764478800.125,
        [
            (1, {"loss/train": 0.6931471805599453, "error/test": 0.185}),
            (2, {"loss/train": 1e-8, "error/test": 0.0}),
        ],
    ),
    "steps of several bytes": (1.5, [(127, {"a": 1.0}), (128, {"b": -1.5}), (16384, {"é" * 200: 3e38}), (2**40, {})]),
    "no numbers": (1.0, [(1, {"nan": float("nan"), "infinite": float("inf"), "negative": float("-inf")})]),
}


def written(time, steps):
    file = io.BytesIO()
    writer = RecordWriter(file)
    writer.write(event_pb2.Event(wall_time=time, file_version="brain.Event:2").SerializeToString())
    for step, scalars in steps:
        values = [summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
        event = event_pb2.Event(wall_time=time, step=step, summary=summary_pb2.Summary(value=values))
        writer.write(event.SerializeToString(deterministic=True))
    writer.flush()
    return file.getvalue().hex()


def plain(value):
    return value if abs(value) < float("inf") else None if value != value else "Infinity" if value > 0 else "-Infinity"


fixture = {
    "tensorboard": tensorboard.__version__,
    "files": [
        {
            "title": title,
            "time": time,
            "steps": [
                {"step": step, "scalars": {tag: plain(value) for tag, value in scalars.items()}} for step, scalars in steps
            ],
            "hex": written(time, steps),
        }
        for title, (time, steps) in CASES.items()
    ],
}
path = pathlib.Path(__file__).with_name("events.json")
path.write_text(json.dumps(fixture, indent=2, ensure_ascii=False) + "\n")
