#!/usr/bin/python3
"""pictures.py [--data DIR] [--only NAME,NAME] [--no-network] [--kodak-seconds S]

Fits photographs with ./kernfield and scores the rendered files from outside, beside a bicubic grid,
a zonal DCT and a hash-grid network of as many floats. Prints a Markdown table. About 15 minutes.
Debian's python3-numpy, python3-scipy and python3-pil are needed; without python3-torch the
network's column stays empty, and that is said."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import command
import linear
import scores

HERE = Path(__file__).resolve().parent
KODAK_FLOATS, ASTRONAUT_FLOATS, ASTRONAUT_SECONDS = 73_728, 258_000, 20


def main():
    options = arguments()
    tasks = [(options.data / "images/skimage/astronaut.png", ASTRONAUT_FLOATS, ASTRONAUT_SECONDS)]
    tasks += [
        (p, KODAK_FLOATS, options.kodak_seconds)
        for p in sorted((options.data / "images/kodak").glob("*.png"))
    ]
    if options.only:
        tasks = [t for t in tasks if t[0].stem in options.only.split(",")]
    if not all(path.exists() for path, _, _ in tasks) or not tasks:
        sys.exit(f"pictures.py: {options.data}: the photographs are not there; give --data DIR")
    peer = not options.no_network and has_torch()
    command.build()

    print(f"{command.machine()}\n")
    print("| picture | floats | s | CPU s | steps | Kernfield dB | SSIM | grid dB | DCT dB | network dB |"
          " ahead of grid | of DCT | of network | load |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    rows = [row(path, floats, seconds, peer) for path, floats, seconds in tasks]
    summary(rows)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=command.DATA)
    parser.add_argument("--only", help="file names without .png, for example 23,astronaut")
    parser.add_argument("--no-network", action="store_true")
    parser.add_argument("--kodak-seconds", type=float, default=30)
    return parser.parse_args()


def has_torch():
    try:
        import torch  # noqa: F401

        return True
    except ImportError:
        print("pictures.py: torch is not installed (Debian: python3-torch), so the network's column"
              " stays EMPTY", file=sys.stderr)
        return False


def row(path, floats, seconds, peer):
    picture = scores.load(path)
    with tempfile.TemporaryDirectory() as folder:
        ours, fit = kernfield(path, floats, seconds, folder)
        network = hash_network(path, floats, fit["cpu"], folder) if peer else None
    assert fit["parameters"] <= floats, fit
    result = {
        "name": path.stem if path.stem == "astronaut" else "kodak " + path.stem,
        "ours": scores.psnr(ours, picture),
        "grid": scores.psnr(linear.grid(path, floats), picture),
        "dct": scores.psnr(scores.eight_bit(linear.dct(picture, floats)[0]), picture),
        "network": None if network is None else scores.psnr(network, picture),
    }
    cells = [result["name"], f"{floats:,}", f"{seconds:g}", f"{fit['cpu']:.0f}", fit["steps"], f"{result['ours']:.2f}",
             f"{scores.ssim(ours, picture):.4f}"]
    cells += [decibels(result[k]) for k in ("grid", "dct", "network")]
    cells += [lead(result, k) for k in ("grid", "dct", "network")]
    print("| " + " | ".join(map(str, [*cells, f"{os.getloadavg()[0]:.1f}"])) + " |", flush=True)
    return result


def decibels(value):
    return "-" if value is None else f"{value:.2f}"


def lead(result, other):
    return "-" if result[other] is None else f"{result['ours'] - result[other]:+.2f}"


def kernfield(path, floats, seconds, folder):
    model = Path(folder) / "ours.safetensors"
    run = command.run("fit", path, "--parameters", floats, "--seconds", seconds, "--out", model)
    return scores.load(model.with_suffix(".png")), run.told | {"cpu": run.processor}


def hash_network(path, floats, seconds, folder):
    out = Path(folder) / "network.png"
    words = [sys.executable, HERE / "network.py", path, floats, seconds, os.cpu_count(), out]
    subprocess.run(list(map(str, words)), check=True, capture_output=True)
    return scores.load(out)


def summary(rows):
    kodak = [r for r in rows if r["name"].startswith("kodak")]
    for other, words in (("grid", "bicubic grid"), ("dct", "zonal DCT"), ("network", "network")):
        leads = [r["ours"] - r[other] for r in kodak if r[other] is not None]
        if leads:
            print(f"\nKodak, ahead of the {words}: mean {sum(leads) / len(leads):+.2f} dB,"
                  f" least {min(leads):+.2f} dB", end="")
        lost = [r["name"] for r in rows if r[other] is not None and r["ours"] < r[other]]
        print(f"\n**Behind the {words}:** {', '.join(lost) or 'nowhere'}")


if __name__ == "__main__":
    main()
