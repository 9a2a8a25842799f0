"""
Stands in for the package onnxruntime where it cannot be installed: ONNX Runtime's WebAssembly computes, in Node.js. It has the calls
that docs/onnx.md makes.
"""

import base64
import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx

RUN = Path(__file__).with_name("run.js")
TYPES = {"float32": np.float32, "int32": np.int32, "bool": np.bool_}


class InferenceSession:
    def __init__(self, path):
        self._path = path

    def get_modelmeta(self):
        entries = onnx.load(self._path).metadata_props
        return SimpleNamespace(custom_metadata_map={entry.key: entry.value for entry in entries})

    def run(self, names, inputs):
        asked = {
            name: {"type": str(values.dtype), "dims": values.shape, "data": base64.b64encode(values.tobytes()).decode()}
            for name, values in inputs.items()
        }
        ran = subprocess.run(["node", RUN, self._path], input=json.dumps(asked), capture_output=True, text=True)
        if ran.returncode != 0:
            raise RuntimeError(ran.stderr)
        answers = json.loads(ran.stdout)
        names = answers if names is None else names
        return [np.array(answers[name]["data"], TYPES[answers[name]["type"]]).reshape(answers[name]["dims"]) for name in names]
