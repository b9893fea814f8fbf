"""Pictures kept as few floats without any training: a coarse grid, and the low frequencies of a DCT."""

import numpy as np
from PIL import Image
from scipy.fft import dctn, idctn

from scores import eight_bit, psnr


def grid(path, floats):
    """Box-filtered to the largest grid of the picture's shape with at most `floats` numbers,
    enlarged again by bicubic interpolation. For floats = pixels * 3 / 16 it is the 1/4 grid."""
    image = Image.open(path).convert("RGB")
    width, height = image.size
    scale = np.sqrt(width * height * 3 / floats)
    coarse = (int(width / scale + 1e-9), int(height / scale + 1e-9))
    back = image.resize(coarse, Image.BOX).resize((width, height), Image.BICUBIC)
    return np.asarray(back, dtype=np.float64) / 255


# ITU-R BT.601, the YCbCr of JFIF
TO_YCC = np.array(
    [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
)
TO_RGB = np.linalg.inv(TO_YCC)

SHARES = np.arange(0.50, 0.96, 0.05)


def dct(picture, floats):
    """YCbCr, an orthonormal DCT of each plane, and the lowest frequencies of it up to a zone's
    border; the rest is 0. The zone follows from its size, so nothing but the kept coefficients is
    stored. Tried and the best returned: the whole picture with the zones |f|_1, |f|_2 <= r, and
    blocks of 8 x 8 pixels with the zig-zag's zone; the luma's share of the floats from 50 % to
    95 %, both chroma planes alike. Returns the picture and the choice in words."""
    best = None
    for name, plane, order in (
        ("whole, |f|1", _whole, lambda u, v: np.abs(u) + np.abs(v)),
        ("whole, |f|2", _whole, np.hypot),
        ("8x8 blocks", _blocks, lambda u, v: np.abs(u) + np.abs(v)),
    ):
        for share in SHARES:
            candidate = _zonal(picture, floats, share, plane, order)
            if candidate is None:
                continue
            value = psnr(eight_bit(candidate), picture)
            if best is None or value > best[0]:
                best = value, candidate, f"{name}, {share:.0%} luma"
    return best[1], best[2]


def _zonal(picture, floats, share, plane, order):
    ycc = picture @ TO_YCC.T
    luma = int(floats * share)
    counts = luma, (floats - luma) // 2, (floats - luma) // 2
    kept = [plane(ycc[..., c], counts[c], order) for c in range(3)]
    return None if any(k is None for k in kept) else np.stack(kept, -1) @ TO_RGB.T


def _whole(values, count, order):
    height, width = values.shape
    u, v = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    keep = np.argsort(order(u, v), axis=None, kind="stable")[:count]
    coefficients = dctn(values, norm="ortho").ravel()
    zone = np.zeros_like(coefficients)
    zone[keep] = coefficients[keep]
    return idctn(zone.reshape(values.shape), norm="ortho")


def _blocks(values, count, order, side=8):
    height, width = values.shape
    if height % side or width % side:
        return None
    each = count * side * side // values.size
    if each < 1:
        return None
    blocks = values.reshape(height // side, side, width // side, side).swapaxes(1, 2)
    u, v = np.meshgrid(np.arange(side), np.arange(side))
    mask = np.zeros(side * side)
    mask[np.argsort(order(u, v), axis=None, kind="stable")[:each]] = 1
    coefficients = dctn(blocks, axes=(2, 3), norm="ortho") * mask.reshape(side, side)
    return idctn(coefficients, axes=(2, 3), norm="ortho").swapaxes(1, 2).reshape(values.shape)
