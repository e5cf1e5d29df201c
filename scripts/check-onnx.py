#!/usr/bin/env python3
"""Checks every .onnx file of a directory: the official ONNX checker, and the contract of a Foreprint model file.

pip install onnx; python3 scripts/check-onnx.py DIRECTORY
Exit status: 0 all files are in order, 1 some are not, 2 nothing to check.
"""

import sys
from pathlib import Path

import onnx

METADATA = ["model", "resource", "unit", "step_seconds", "context", "horizon", "levels", "trained_from", "trained_to"]


def signature(value: onnx.ValueInfoProto) -> tuple:
    tensor = value.type.tensor_type
    dimensions = tuple(d.dim_value if d.HasField("dim_value") else d.dim_param for d in tensor.shape.dim)
    return value.name, onnx.TensorProto.DataType.Name(tensor.elem_type), dimensions


def faults(path: Path) -> list[str]:
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:  # whatever the checker finds is a fault of the file
        return [str(error)]
    metadata = {entry.key.removeprefix("foreprint."): entry.value for entry in model.metadata_props}
    missing = [f"the metadata lack foreprint.{key}" for key in METADATA if key not in metadata]
    if missing:
        return missing
    levels = [float(level) for level in metadata["levels"].split(",")]
    context, horizon = int(metadata["context"]), int(metadata["horizon"])
    expected = [
        ("history", "FLOAT", ("batch", context)),
        ("origin", "INT64", ("batch",)),
        ("quantiles", "FLOAT", ("batch", horizon, len(levels))),
    ]
    found = [signature(value) for value in [*model.graph.input, *model.graph.output]]
    wrong = [f"{got} instead of {want}" for got, want in zip(found, expected) if got != want]
    if len(found) != len(expected):
        wrong.append(f"{len(found)} inputs and outputs instead of {len(expected)}")
    if levels != sorted(set(levels)) or levels[0] <= 0 or levels[-1] >= 1:
        wrong.append(f"levels {levels} do not increase within (0, 1)")
    return wrong


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    paths = sorted(Path(sys.argv[1]).glob("*.onnx"))
    if not paths:
        print(f"no .onnx file in {sys.argv[1]}", file=sys.stderr)
        return 2
    bad = 0
    for path in paths:
        found = faults(path)
        bad += bool(found)
        print(f"{path.name}: {'; '.join(found) or 'ok'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
