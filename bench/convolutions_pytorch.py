"""
One padded 3x3 convolution in PyTorch, on one thread. Prints PyTorch's version, then for each line on standard input, such
as "32 14 channels_last" (channels, side of the map, memory format), answers with the milliseconds that a batch of
100 images takes forward and backward, input and weight gradient.
"""

import sys
import time

import torch
from torch import nn

IMAGES = 100
FORMATS = {"as_written": torch.contiguous_format, "channels_last": torch.channels_last}

torch.set_num_threads(1)
print(torch.__version__, flush=True)
made = {}
for line in sys.stdin:
    if line not in made:
        channels, side, layout = line.split()
        layer = nn.Conv2d(int(channels), int(channels), 3, padding=1).to(memory_format=FORMATS[layout])
        x = torch.randn(IMAGES, int(channels), int(side), int(side)).contiguous(memory_format=FORMATS[layout])
        made[line] = layer, x.requires_grad_(), torch.randn_like(x)
    layer, x, gradient = made[line]
    layer.zero_grad()
    x.grad = None
    started = time.perf_counter()
    layer(x).backward(gradient)
    print(1000 * (time.perf_counter() - started), flush=True)
