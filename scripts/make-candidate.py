"""Makes test/models/families/external/golden/naive-day.onnx with the onnx package: a candidate that shares nothing with our exporter.

Hourly seasonal naive around 3 levels, operator set 18 (reductions take their axes as an input), initializers that are named
like our own constants, and a branch (If) whose subgraph reads a tensor from outside.

    pip install onnx && python scripts/make-candidate.py
"""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

CONTEXT, HORIZON, LEVELS = 48, 30, [0.1, 0.5, 0.9]
floats = lambda name, values: numpy_helper.from_array(np.array(values, np.float32), name)
ints = lambda name, values: numpy_helper.from_array(np.array(values, np.int64), name)
node = helper.make_node
info = helper.make_tensor_value_info

branch = lambda scale: helper.make_graph(
    [node('Mul', ['mean', scale], ['spread_' + scale])], 'branch_' + scale, [],
    [info('spread_' + scale, TensorProto.FLOAT, ['batch', 1])])
graph = helper.make_graph(
    [
        node('Gather', ['history', 'constant_0'], ['day'], axis=1),
        node('Unsqueeze', ['day', 'constant_2'], ['middle']),
        node('ReduceMean', ['history', 'constant_1'], ['mean'], keepdims=1),
        node('ReduceMax', ['mean'], ['largest'], keepdims=0),
        node('Greater', ['largest', 'zero'], ['is_used']),
        node('If', ['is_used'], ['spread'], then_branch=branch('wide'), else_branch=branch('narrow')),
        node('Unsqueeze', ['spread', 'constant_2'], ['spread_3']),
        node('Mul', ['spread_3', 'sides'], ['moved']),
        node('Add', ['middle', 'moved'], ['sum']),
        node('Relu', ['sum'], ['quantiles']),
    ],
    'naive-day',
    [info('history', TensorProto.FLOAT, ['batch', CONTEXT]), info('origin', TensorProto.INT64, ['batch'])],
    [info('quantiles', TensorProto.FLOAT, ['batch', HORIZON, len(LEVELS)])],
    [
        ints('constant_0', [CONTEXT - 24 + step % 24 for step in range(HORIZON)]),
        ints('constant_1', [1]),
        ints('constant_2', [2]),
        floats('zero', 0.0),
        floats('wide', 0.25),
        floats('narrow', 0.0),
        floats('sides', [[[-1, 0, 1]]]),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 18)], ir_version=8)
metadata = {
    'model': 'naive-day', 'resource': 'cpu', 'unit': 'cores', 'step_seconds': '3600', 'context': str(CONTEXT),
    'horizon': str(HORIZON), 'levels': ','.join(map(str, LEVELS)),
    'trained_from': '2000-01-01T00:00:00Z', 'trained_to': '2000-02-01T00:00:00Z',
}
helper.set_model_props(model, {f'foreprint.{key}': value for key, value in metadata.items()})
checker.check_model(model)
open('test/models/families/external/golden/naive-day.onnx', 'wb').write(model.SerializeToString())
