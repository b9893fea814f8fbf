"""Scores of held-out photographs, from the files that a fit or `render` wrote."""

import numpy as np

import scores

DISSIMILAR = 0.2  # its part in the loss of 3D Gaussian splatting


def loss(picture, truth):
    """0.8 L1 + 0.2 (1 - SSIM)."""
    difference = float(np.mean(np.abs(picture - truth)))
    return (1 - DISSIMILAR) * difference + DISSIMILAR * (1 - scores.ssim(picture, truth))


def held_out(folder):
    """Stems of the photographs that `writeTestViews` wrote, each beside its `.truth.png`."""
    ending = ".truth.png"
    return sorted(p.name.removesuffix(ending) for p in folder.glob("*" + ending))


def score(drawn, folder):
    """Means of PSNR, SSIM and loss of `drawn/STEM.png` beside `folder/STEM.truth.png`."""
    found = []
    for stem in held_out(folder):
        picture = scores.load(drawn / f"{stem}.png")
        truth = scores.load(folder / f"{stem}.truth.png")
        found.append((scores.psnr(picture, truth), scores.ssim(picture, truth), loss(picture, truth)))
    return np.mean(found, axis=0)
