"""Cameras that were taken for a little other than they are, found from what they drew."""

import numpy as np
from scipy.ndimage import affine_transform
from scipy.optimize import minimize

BORDER = 8  # pixels that are not compared, since they may come from outside
FOCAL, PRINCIPAL = slice(2, 4), slice(4, 6)  # columns of a model's views


def aligned(view, drawn, truth):
    """A view with the focal lengths and the principal point that make what it drew most like the
    truth: a magnification and a shift, by the least mean square of the pictures' interior."""
    middle = (np.array(drawn.shape[:2]) - 1) / 2

    def difference(move):
        stretch, shift = np.exp(move[0]), move[1:]
        offset = middle - stretch * middle + shift
        moved = np.stack([affine_transform(drawn[..., c], np.eye(2) * stretch, offset, order=1,
                                           mode="nearest") for c in range(drawn.shape[2])], 2)
        inside = slice(BORDER, -BORDER)
        return np.mean((moved - truth)[inside, inside] ** 2)

    start = np.array([[0, 0, 0], [0.02, 0, 0], [0, 2, 0], [0, 0, 2]], float)
    found = minimize(difference, start[0], method="Nelder-Mead", options={"initial_simplex": start}).x
    stretch, shift = np.exp(found[0]), found[:0:-1]  # rows, columns to x, y
    centre = middle[::-1] + 0.5
    changed = view.copy()
    changed[FOCAL] = view[FOCAL] / stretch
    changed[PRINCIPAL] = centre + (view[PRINCIPAL] - centre - shift) / stretch
    return changed
