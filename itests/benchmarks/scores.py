"""PSNR and SSIM of 8-bit pictures, written apart from the Java ones so that they check each other."""

import numpy as np
from PIL import Image
from scipy.ndimage import correlate1d


def load(path):
    """An sRGB picture as height x width x 3 values in [0, 1]."""
    return np.asarray(Image.open(path).convert("RGB"), dtype=np.float64) / 255


def psnr(a, b):
    """Peak signal-to-noise ratio for peak 1, in decibels; 999 for equal pictures."""
    mean_square = np.mean((a - b) ** 2)
    return 999.0 if mean_square == 0 else -10 * np.log10(mean_square)


def ssim(a, b):
    """Structural similarity (Wang et al. 2004): Gaussian window of 11 x 11 pixels with sigma 1.5,
    K1 = 0.01, K2 = 0.03, the mean over channels and over pixels whose window lies inside."""
    offsets = np.arange(-5, 6)
    window = np.exp(-(offsets**2) / (2 * 1.5**2))
    window /= window.sum()

    def smooth(x):
        return correlate1d(correlate1d(x, window, axis=0), window, axis=1)[5:-5, 5:-5]

    c1, c2 = 0.01**2, 0.03**2
    mean_a, mean_b = smooth(a), smooth(b)
    var_a = smooth(a * a) - mean_a**2
    var_b = smooth(b * b) - mean_b**2
    covariance = smooth(a * b) - mean_a * mean_b
    ratio = ((2 * mean_a * mean_b + c1) * (2 * covariance + c2)) / (
        (mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)
    )
    return float(ratio.mean())


def eight_bit(picture):
    """What remains after saving as an 8-bit file."""
    return np.rint(np.clip(picture, 0, 1) * 255) / 255
