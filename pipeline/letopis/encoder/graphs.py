"""Weights -> graphs that onnxruntime runs: matrix products, and short programs around them.

Contract. A row of a product has the same numbers whatever other rows stand beside it and wherever it stands, which BLAS does not
promise: its kernels differ at the edges of a matrix. One thread: the run's workers are processes.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import (
    InferenceSession,
    OrtAllocatorType,
    OrtArenaCfg,
    OrtMemoryInfo,
    OrtMemType,
    SessionOptions,
    create_and_register_allocator,
)

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.float32]
Run: TypeAlias = Callable[..., list[Array]]
OPSET, IR = 20, 9
_KINDS = {"f": TensorProto.FLOAT, "i": TensorProto.INT64}


class Graph:
    """A program under construction: `given` and `constant` name its values, `op` says what becomes of them, `run` ends it."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._count = 0

    def given(self, name: str, kind: str, *shape: int | None) -> str:
        """A value given at every run: 'f' single precision, 'i' int64; a None of the shape is of any size."""
        self._inputs.append(helper.make_tensor_value_info(name, _KINDS[kind], list(shape)))
        return name

    def constant(self, values: Array) -> str:
        """A value of the graph itself."""
        name = self._named()
        self._constants.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """What an operator of ONNX makes of values."""
        return self.ops(kind, 1, *inputs, **attributes)[0]

    def ops(self, kind: str, count: int, *inputs: str, **attributes: Any) -> list[str]:
        """The same of an operator that makes several."""
        made = [self._named() for _ in range(count)]
        self._nodes.append(helper.make_node(kind, list(inputs), made, **attributes))
        return made

    def _named(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def run(self, *outputs: str) -> Run:
        """A function of the given values, by name, that makes the outputs."""
        shapes = [helper.make_empty_tensor_value_info(name) for name in outputs]
        graph = helper.make_graph(self._nodes, "letopis", self._inputs, shapes, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        session = InferenceSession(model.SerializeToString(), _options(), providers=["CPUExecutionProvider"])
        return lambda **given: session.run(None, given)


class Matrix:
    """A weight: `x @ matrix` is a product of steady rows; `values` are its numbers."""

    __array_ufunc__ = None                # numpy leaves the product to us

    def __init__(self, values: Floats) -> None:
        self.values = values

    def __rmatmul__(self, x: Floats) -> Floats:
        y: Floats = self._product(x=x)[0]
        return y

    @cached_property
    def _product(self) -> Run:
        graph = Graph()
        x = graph.given("x", "f", None, len(self.values))
        return graph.run(graph.op("MatMul", x, graph.constant(self.values)))


def product(a: Floats, b: Floats) -> Floats:
    """[.., n, k] by [.., k, m], neither of them a weight: the same numbers on any count of threads that numpy has."""
    y: Floats = _product(a.ndim)(a=a, b=b)[0]
    return y


@cache
def _product(dimensions: int) -> Run:
    graph = Graph()
    return graph.run(graph.op("MatMul", *(graph.given(name, "f", *[None] * dimensions) for name in "ab")))


def split(graph: Graph, value: str, sizes: Sequence[int]) -> list[str]:
    """Columns of a value in runs of these sizes."""
    return graph.ops("Split", len(sizes), value, graph.constant(np.array(sizes, np.int64)), axis=1)


@cache
def _one_arena() -> None:
    """All graphs of the process take their room from one arena, not from one each, that grows by what is asked for."""
    memory = OrtMemoryInfo("Cpu", OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, OrtMemType.DEFAULT)
    create_and_register_allocator(memory, OrtArenaCfg(0, 1, -1, -1))


def _options() -> SessionOptions:
    _one_arena()
    options = SessionOptions()
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.enable_mem_pattern = False
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
