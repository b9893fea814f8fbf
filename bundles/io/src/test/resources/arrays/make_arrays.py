"""Makes the array files beside this file with numpy and the reference safetensors library.

Every npy holds 0, 1, 2 … 23 as shape (2, 3, 4), in C order of its indices unless named otherwise.
"""

import os

import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save_file

os.chdir(os.path.dirname(os.path.abspath(__file__)))
a = np.arange(24).reshape(2, 3, 4)
for dtype in ["<f4", "<f8", "<f2", "|u1", "<u2", "<i4", "<i8", ">f4", ">f8", ">f2", ">u2", ">i4", ">i8"]:
    order = "big" if dtype[0] == ">" else "little"
    np.save(dtype[1:] + "-" + order + ".npy", a.astype(dtype))
np.save("fortran.npy", np.asfortranarray(a.astype("<f4")))
np.save("fortran-big.npy", np.asfortranarray(a.astype(">f8")))
np.save("vector.npy", a.ravel().astype("<f4"))
np.save("single.npy", np.float32(7))
for version in [(2, 0), (3, 0)]:
    with open("version%d.npy" % version[0], "wb") as f:
        npy.write_array(f, a.astype("<f4"), version=version)
np.save("complex.npy", a.astype("<c8"))

metadata = {"kernfield": "1", "representation": "rbf", "version": "3", "task": "image", "note": 'a "ü"'}
arrays = {
    "centre": np.arange(6, dtype="<f4").reshape(3, 2) / 4,
    "opacity": np.array([0.5, -2, 65504], dtype="<f2"),
    "exact": np.array([[[1e-300, 2], [3, 4]]], dtype="<f8"),
    "bytes": np.array([0, 255], dtype="u1"),
    "words": np.array([0, 65535], dtype="<u2"),
    "ints": np.array([-5, 2**31 - 1], dtype="<i4"),
    "longs": np.array([-(2**60)], dtype="<i8"),
    "empty": np.zeros((0, 3), dtype="<f4"),
}
save_file(arrays, "model.safetensors", metadata=metadata)
save_file(arrays, "foreign.safetensors", metadata={"format": "pt"})
