"""Files of splats, read and written apart from the Java."""

import json
import struct
from pathlib import Path

import numpy as np

PLAIN = {"float": "<f4", "float32": "<f4", "uchar": "u1", "uint8": "u1", "double": "<f8"}
KINDS = {"F32": "<f4", "F64": "<f8"}


def read_ply(path):
    """A 3DGS PLY as the arrays of a model: means, logScales, rotations, opacities and sh."""
    content = Path(path).read_bytes()
    end = content.index(b"end_header\n") + len(b"end_header\n")
    lines = [line.split() for line in content[:end].decode("ascii").splitlines()]
    count = next(int(line[2]) for line in lines if line[:2] == ["element", "vertex"])
    fields = [(line[2], PLAIN[line[1]]) for line in lines if line[0] == "property"]
    rows = np.frombuffer(content, np.dtype(fields), count, end)
    names = [name for name, _ in fields]

    def columns(prefix):
        found = sorted((n for n in names if n.startswith(prefix)), key=lambda n: int(n.split("_")[-1]))
        return np.stack([rows[n] for n in found], 1) if found else np.zeros((count, 0), "<f4")

    # a channel's coefficients follow each other there; in a model a coefficient's channels do
    rest = columns("f_rest_").reshape(count, 3, -1).transpose(0, 2, 1)
    sh = np.concatenate([columns("f_dc_")[:, None, :], rest], 1)
    return {
        "means": np.stack([rows[n] for n in "xyz"], 1),
        "logScales": columns("scale_"),
        "rotations": columns("rot_"),
        "opacities": rows["opacity"][:, None],
        "sh": sh.reshape(count, -1),
    }


def read_model(path):
    """The arrays and the texts of a safetensors file."""
    content = Path(path).read_bytes()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:start])
    texts = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        low, high = entry["data_offsets"]
        values = np.frombuffer(content[start + low : start + high], KINDS[entry["dtype"]])
        arrays[name] = values.reshape(entry["shape"])
    return arrays, texts


def write_model(path, arrays, texts):
    header, data, names = {"__metadata__": texts}, b"", {v: k for k, v in KINDS.items()}
    for name in sorted(arrays, key=lambda n: (-arrays[n].itemsize, n)):
        values = np.ascontiguousarray(arrays[name]).tobytes()
        header[name] = {
            "dtype": names[arrays[name].dtype.str], "shape": list(arrays[name].shape),
            "data_offsets": [len(data), len(data) + len(values)],
        }
        data += values
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(head)) + head + data)


def seen_by(model, splats, out, views=None):
    """Writes a model that has the cameras of `model`, or those given, and other splats."""
    arrays, texts = read_model(model)
    degree = round((splats["sh"].shape[1] / 3) ** 0.5) - 1
    write_model(out, {"views": arrays["views"] if views is None else views, **splats},
                texts | {"degree": str(degree), "primitive": "gaussian", "antialiased": "false"})


def view_of(model, stem):
    """The number of the camera of a held-out photograph, by the name of its picture; those come
    last, and a training picture may have the same name in another folder."""
    names = read_model(model)[1]["views"].split("\n")
    return max(k for k, name in enumerate(names) if Path(name).stem == stem)
