"""The LSTM with gradients by hand equals torch's. Runs where the extra `train` is installed."""

from itertools import pairwise

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402  (after the check for torch)

from network import time_major  # noqa: E402
from recurrence import Recurrence  # noqa: E402

FIRST = [0, 5, 7, 20, 21]


def run(lstm: nn.LSTM, x: torch.Tensor, *, backwards: bool) -> torch.Tensor:
    suffix = "_l0_reverse" if backwards else "_l0"
    own, recurrent, one, two = (getattr(lstm, n + suffix) for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    order, sizes = time_major(np.array(FIRST), backwards=backwards)
    return Recurrence.apply((x @ own.T + one + two)[order], recurrent, sizes)[torch.argsort(order)]


def test_states_and_gradients_are_those_of_torch() -> None:
    torch.manual_seed(0)
    lstm = nn.LSTM(7, 6, bidirectional=True).double()
    x = torch.randn(21, 7, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(21, 12, dtype=torch.float64)
    mine = torch.cat([run(lstm, x, backwards=False), run(lstm, x, backwards=True)], dim=1)
    theirs = torch.cat([lstm(x[a:b, None])[0][:, 0] for a, b in pairwise(FIRST)])
    parameters = [x, *lstm.parameters()]
    ours, others = (torch.autograd.grad((y * weight).sum(), parameters) for y in (mine, theirs))
    assert np.allclose(mine.detach(), theirs.detach())
    assert all(torch.allclose(a, b) for a, b in zip(ours, others, strict=True))
