#!/usr/bin/python3
"""process.py start | first | large  [--data DIR]

Measures whole processes from outside.
  start   seconds of `./kernfield backends`, best and median of 5
  first   seconds from the start of the process to the first figure of a fit
  large   an 8.4-megapixel picture within 2 GB of heap: seconds a step and pixel beside the
          astronaut's at as many parameters a pixel; the two alternate, twice each"""

import argparse
import statistics
import tempfile
from pathlib import Path

import command

ASTRONAUT, EARTH = "images/skimage/astronaut.png", "images/large/earth-blue-marble.jpg"
PIXELS = {ASTRONAUT: 512 * 512, EARTH: 4096 * 2048}
FLOATS_A_PIXEL = 258_000 / PIXELS[ASTRONAUT]


def start(_):
    seconds = [command.run("backends").seconds for _ in range(5)]
    print(f"start: best {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s{load()}")


def first(data):
    with tempfile.TemporaryDirectory() as folder:
        for picture in (ASTRONAUT, EARTH):
            told = fit(data / picture, picture, 5, folder).told
            print(f"first result: {Path(picture).stem} {told['firstResultSeconds']:.2f} s{load()}")


def large(data):
    heap = "-Xmx2g"
    each = {ASTRONAUT: [], EARTH: []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            for picture, seconds in ((ASTRONAUT, 20), (EARTH, 60)):
                run = fit(data / picture, picture, seconds, folder, heap)
                told = run.told
                nanoseconds = told["seconds"] / told["steps"] / PIXELS[picture] * 1e9
                each[picture].append(nanoseconds)
                print(f"{Path(picture).stem}: {told['parameters']:,} parameters, {told['steps']}"
                      f" steps in {told['seconds']:.1f} s, {nanoseconds:.1f} ns a step and pixel,"
                      f" PSNR {told['metrics']['psnr']:.2f} dB, first result"
                      f" {told['firstResultSeconds']:.1f} s, process {run.seconds:.1f} s, peak memory"
                      f" {run.peak:.0f} MB, heap {heap}{load()}", flush=True)
    ratio = statistics.mean(each[EARTH]) / statistics.mean(each[ASTRONAUT])
    print(f"ratio of the means: {ratio:.2f} (at most 1.5)")


def fit(path, picture, seconds, folder, options=None):
    floats = int(FLOATS_A_PIXEL * PIXELS[picture])
    return command.run("fit", path, "--parameters", floats, "--seconds", seconds,
                       "--out", Path(folder) / "m.safetensors", options=options)


def load():
    return f" (load {command.load()})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("start", "first", "large"))
    parser.add_argument("--data", type=Path, default=command.DATA)
    chosen = parser.parse_args()
    command.build()
    {"start": start, "first": first, "large": large}[chosen.what](chosen.data)
