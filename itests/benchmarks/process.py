#!/usr/bin/python3
"""process.py start | first | large  [--data DIR]

Measures whole processes from outside.
  start   seconds of `./kernfield backends`, best and median of 5
  first   seconds from the start of the process to the first figure of a fit
  large   an 8.4-megapixel picture within 2 GB of heap: seconds a step and pixel beside the
          astronaut's at as many parameters a pixel; the two alternate, twice each"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASTRONAUT, EARTH = "images/skimage/astronaut.png", "images/large/earth-blue-marble.jpg"
PIXELS = {ASTRONAUT: 512 * 512, EARTH: 4096 * 2048}
FLOATS_A_PIXEL = 258_000 / PIXELS[ASTRONAUT]


def kernfield(*words, options=""):
    """Its JSON, the wall time, and the peak of its memory in MB (Linux)."""
    environment = dict(os.environ, KERNFIELD_JVM_OPTIONS=options)
    begun = time.time()
    process = subprocess.Popen(
        [ROOT / "kernfield", *map(str, words), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"process.py: {' '.join(map(str, words))}: {err.strip() or out.strip()}")
    return json.loads(out), time.time() - begun, usage.ru_maxrss * 1024 / 1e6


def start(_):
    seconds = [kernfield("backends")[1] for _ in range(5)]
    print(f"start: best {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s{load()}")


def first(data):
    with tempfile.TemporaryDirectory() as folder:
        for picture in (ASTRONAUT, EARTH):
            told = fit(data / picture, picture, 5, folder, "")[0]
            print(f"first result: {Path(picture).stem} {told['firstResultSeconds']:.2f} s{load()}")


def large(data):
    heap = "-Xmx2g"
    each = {ASTRONAUT: [], EARTH: []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            for picture, seconds in ((ASTRONAUT, 20), (EARTH, 60)):
                told, wall, memory = fit(data / picture, picture, seconds, folder, heap)
                nanoseconds = told["seconds"] / told["steps"] / PIXELS[picture] * 1e9
                each[picture].append(nanoseconds)
                print(f"{Path(picture).stem}: {told['parameters']:,} parameters, {told['steps']}"
                      f" steps in {told['seconds']:.1f} s, {nanoseconds:.1f} ns a step and pixel,"
                      f" PSNR {told['metrics']['psnr']:.2f} dB, first result"
                      f" {told['firstResultSeconds']:.1f} s, process {wall:.1f} s, peak memory"
                      f" {memory:.0f} MB, heap {heap}{load()}", flush=True)
    ratio = statistics.mean(each[EARTH]) / statistics.mean(each[ASTRONAUT])
    print(f"ratio of the means: {ratio:.2f} (at most 1.5)")


def fit(path, picture, seconds, folder, options):
    floats = int(FLOATS_A_PIXEL * PIXELS[picture])
    return kernfield("fit", path, "--parameters", floats, "--seconds", seconds,
                     "--out", Path(folder) / "m.safetensors", options=options)


def load():
    return f" (load {os.getloadavg()[0]:.1f})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("start", "first", "large"))
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    chosen = parser.parse_args()
    subprocess.run([ROOT / "kernfield", "version"], check=True, stdout=subprocess.DEVNULL)
    {"start": start, "first": first, "large": large}[chosen.what](chosen.data)
