#!/usr/bin/python3
"""network.py PICTURE FLOATS SECONDS THREADS OUT.png [BATCH]

A peer on the processor: multi-resolution hash grids and a small perceptron (Mueller et al. 2022,
"Instant Neural Graphics Primitives", section 3) in plain torch, with at most FLOATS parameters and
SECONDS of processor time for training, all threads together. Prints parameters and steps as one
JSON object."""

import json
import os
import sys
import time

# threads that wait for each other must not use up the processor time they are given
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
from PIL import Image

LEVELS, FEATURES, COARSEST, HIDDEN = 12, 2, 16, 64
PRIMES = 1, 2654435761


class Grids(torch.nn.Module):
    def __init__(self, finest, rows):
        super().__init__()
        growth = (finest / COARSEST) ** (1 / (LEVELS - 1))
        self.sides = [int(COARSEST * growth**k + 1e-6) for k in range(LEVELS)]
        self.tables = torch.nn.ParameterList(
            torch.nn.Parameter(
                torch.empty(min((side + 1) ** 2, rows), FEATURES).uniform_(-1e-4, 1e-4)
            )
            for side in self.sides
        )

    def forward(self, points):
        features = []
        for side, table in zip(self.sides, self.tables):
            scaled = points * side
            corner = scaled.floor().clamp(max=side - 1).long()
            part = scaled - corner
            total = 0
            for dx in (0, 1):
                for dy in (0, 1):
                    x, y = corner[:, 0] + dx, corner[:, 1] + dy
                    if table.shape[0] == (side + 1) ** 2:
                        row = x + y * (side + 1)
                    else:
                        row = ((x * PRIMES[0]) ^ (y * PRIMES[1])) % table.shape[0]
                    wx = part[:, 0] if dx else 1 - part[:, 0]
                    wy = part[:, 1] if dy else 1 - part[:, 1]
                    total = total + (wx * wy)[:, None] * table[row]
            features.append(total)
        return torch.cat(features, 1)


def network(finest, rows):
    return torch.nn.Sequential(
        Grids(finest, rows),
        torch.nn.Linear(LEVELS * FEATURES, HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Linear(HIDDEN, HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Linear(HIDDEN, 3),
    )


def size(model):
    return sum(p.numel() for p in model.parameters())


def largest(finest, floats):
    """The network with the longest tables that keeps within `floats`."""
    low, high = 1, (finest + 1) ** 2
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(network(finest, middle)) <= floats else (low, middle - 1)
    return network(finest, low)


def main(path, floats, seconds, threads, out, batch=4096):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    picture = np.asarray(Image.open(path).convert("RGB"))
    height, width = picture.shape[:2]
    target = torch.tensor(picture / 255.0, dtype=torch.float32).reshape(-1, 3)
    ys, xs = torch.meshgrid(
        (torch.arange(height) + 0.5) / height, (torch.arange(width) + 0.5) / width, indexing="ij"
    )
    points = torch.stack([xs.reshape(-1), ys.reshape(-1)], 1)
    model = largest(max(height, width) // 2, floats)
    rate = 1e-2
    adam = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.99), eps=1e-15)
    start, steps = time.process_time(), 0
    while (spent := time.process_time() - start) < seconds:
        for group in adam.param_groups:
            group["lr"] = rate * 0.03 ** (spent / seconds)
        chosen = torch.randint(0, height * width, (batch,))
        adam.zero_grad()
        ((model(points[chosen]) - target[chosen]) ** 2).mean().backward()
        adam.step()
        steps += 1
    with torch.no_grad():
        drawn = torch.cat([model(p) for p in points.split(65536)]).clamp(0, 1)
    pixels = (drawn * 255).round().byte().reshape(height, width, 3).numpy()
    Image.fromarray(pixels).save(out)
    print(json.dumps({"parameters": size(model), "steps": steps}))


if __name__ == "__main__":
    main(
        sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), sys.argv[5],
        *map(int, sys.argv[6:7]),
    )
