"""An LSTM over packed sentences whose gradient is written by hand: torch's own fills a zero matrix for every time step.

Same numbers as `nn.LSTM` on a `PackedSequence` up to rounding; one direction, one layer, starting from zeros.
"""

from typing import Any

import torch
from torch import Tensor


class Recurrence(torch.autograd.Function):
    """(inputs through their matrix [tokens, 4 * hidden], recurrent weights [4 * hidden, hidden], sizes) -> [tokens, hidden].

    Tokens are time-major: the first tokens of all sentences, longest sentence first, then the second ones; `sizes` counts
    the sentences that still run at each step. Gates are in torch's order: input, forget, cell, output.
    """

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, weights: Tensor, sizes: list[int]) -> Tensor:
        """The hidden states."""
        hidden = weights.shape[1]
        gates = inputs.clone()
        states, cells = inputs.new_empty(len(inputs), hidden), inputs.new_empty(len(inputs), hidden)
        turned = weights.T.contiguous()
        start = before = 0
        for n in sizes:
            g = gates[start:start + n]
            if start:
                g.addmm_(states[before:before + n], turned)
            g[:, :2 * hidden].sigmoid_()
            g[:, 2 * hidden:3 * hidden].tanh_()
            g[:, 3 * hidden:].sigmoid_()
            i, f, u, o = g.split(hidden, dim=1)
            cell = torch.mul(i, u, out=cells[start:start + n])
            if start:
                cell.addcmul_(f, cells[before:before + n])
            torch.mul(o, torch.tanh(cell), out=states[start:start + n])
            before, start = start, start + n
        ctx.save_for_backward(gates, cells, states, weights)
        ctx.sizes = sizes
        return states

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None]:
        """Gradients of the inputs and of the weights."""
        gates, cells, states, weights = ctx.saved_tensors
        hidden = weights.shape[1]
        of_states = gradients[0].clone()
        of_gates = torch.empty_like(gates)
        of_cells = torch.zeros_like(cells)
        bounds = _bounds(ctx.sizes)
        of_weights = torch.zeros_like(weights)
        for (start, end), (before, _) in zip(reversed(bounds), [*reversed(bounds[:-1]), (-1, -1)], strict=True):
            i, f, u, o = gates[start:end].split(hidden, dim=1)
            bent = torch.tanh(cells[start:end])
            own, out = of_states[start:end], of_gates[start:end]
            cell = of_cells[start:end].addcmul_(own * o, 1 - bent * bent)
            torch.mul(cell * u, i * (1 - i), out=out[:, :hidden])
            torch.mul(cell * i, 1 - u * u, out=out[:, 2 * hidden:3 * hidden])
            torch.mul(own * bent, o * (1 - o), out=out[:, 3 * hidden:])
            if before < 0:
                out[:, hidden:2 * hidden] = 0
                continue
            last = slice(before, before + end - start)
            torch.mul(cell * cells[last], f * (1 - f), out=out[:, hidden:2 * hidden])
            of_cells[last] += cell * f
            of_states[last].addmm_(out, weights)
            of_weights.addmm_(out.T, states[last])
        return of_gates, of_weights, None


def _bounds(sizes: list[int]) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for n in sizes:
        bounds.append((start, start + n))
        start += n
    return bounds
