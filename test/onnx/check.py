"""
Prints what ONNX's checker says of each .onnx file of a folder, and what the file has in it, as one JSON document:
python3 check.py FOLDER
"""

import json
import sys
from pathlib import Path

import onnx
from onnx import numpy_helper


def sizes(value):
    return [size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim]


def described(path):
    model = onnx.load(str(path))
    try:
        onnx.checker.check_model(model, full_check=True)
        complaint = None
    except Exception as error:
        complaint = str(error)
    graph = model.graph
    used = {name for node in graph.node for name in node.input} | {value.name for value in graph.output}
    made = {name for node in graph.node for name in node.output} | {tensor.name for tensor in graph.initializer}
    return {
        "complaint": complaint,
        "unused": sorted((made | {value.name for value in graph.input}) - used),
        "ir": model.ir_version,
        "opset": model.opset_import[0].version,
        "doc": model.doc_string,
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "nodes": {node.name: node.op_type for node in graph.node},
        "constants": {
            tensor.name: [list(tensor.dims), numpy_helper.to_array(tensor).flatten()[:8].tolist()]
            for tensor in graph.initializer
        },
        "inputs": {value.name: sizes(value) for value in graph.input},
        "outputs": {value.name: sizes(value) for value in graph.output},
    }


print(json.dumps({path.stem: described(path) for path in sorted(Path(sys.argv[1]).glob("*.onnx"))}))
