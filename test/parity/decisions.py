"""How narrowly a network's max-pools, ReLUs and absolute values decide, and how often a pool's maximum is tied."""

import torch
from torch import nn

# Relative to a layer's largest input: float64 results closer than this are equal but for rounding.
SAME = 1e-12


class Decisions:
    """Watches a network's forward passes."""

    def __init__(self, network: nn.Module):
        # Pooling windows whose maximum stands in two places or more.
        self.ties = 0
        # The smallest difference that decided something, relative to the layer's largest input.
        self.closest = float("inf")
        for module in network.modules():
            if isinstance(module, nn.MaxPool2d):
                module.register_forward_hook(self._pooled)
            if isinstance(module, (nn.ReLU, nn.LeakyReLU)):
                module.register_forward_hook(self._rectified)
            if type(module).__name__ in ("AbsoluteDifference", "Matching"):
                module.register_forward_hook(self._apart)

    def _pooled(self, module, inputs, _output):
        (x,) = inputs
        size, stride = module.kernel_size, module.stride
        padded = nn.functional.pad(x, [module.padding] * 4, value=-torch.inf)
        windows = padded.unfold(2, size, stride).unfold(3, size, stride).flatten(4)
        best, second = windows.topk(2, dim=4).values.unbind(4)
        leads = (best - second) / x.abs().max()
        self.ties += int((leads < SAME).sum())
        self._note(leads)

    def _rectified(self, _module, inputs, _output):
        (x,) = inputs
        self._note(x.abs() / x.abs().max())

    def _apart(self, _module, inputs, _output):
        f, g = inputs[0].chunk(2, 1)
        self._note((f - g).abs() / inputs[0].abs().max())

    def _note(self, differences: torch.Tensor):
        decisive = differences[differences >= SAME]
        self.closest = min(self.closest, float(decisive.min()))
