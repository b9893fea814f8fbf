"""Frames a second of a scene after warming up, and one large still of it in little memory."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import command

HERE = Path(__file__).resolve().parent.parent
LIMIT = 2 * 1024**3 / 1e6  # MB that the large still may take


def add_options(parser):
    parser.add_argument("scene", nargs="?", type=Path, metavar="SCENE", help="default biker")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--before", type=float, default=60, help="seconds that are not counted")
    parser.add_argument("--seconds", type=float, default=60, help="seconds that are")
    parser.add_argument("--still", default="8192x8192")
    parser.add_argument("--heap", default="-Xmx1400m", help="JVM option for the still")


def measure(options):
    scene = options.scene or options.data / "splats/biker.spz"
    if not scene.is_file():
        sys.exit(f"splat.py: {scene}: the scene is not there; give another file, or --data DIR")
    print(f"{command.machine()}\n", flush=True)
    subprocess.run([HERE / "splat-frames", scene, *options.size.split("x"), str(options.before),
                    str(options.seconds)], check=True)
    with tempfile.TemporaryDirectory() as folder:
        still = Path(folder) / "still.png"
        run = command.run("render", scene, "--size", options.still, "--out", still,
                          home=Path(folder) / "home", options=options.heap)
        size = os.path.getsize(still)
    print(f"\nA still of {options.still} with {options.heap}: {run.told['seconds']:.1f} s, whole process "
          f"{run.seconds:.1f} s, {run.processor:.1f} s of processor time, peak {run.peak:.0f} MB of "
          f"{LIMIT:.0f}, file {size / 1e6:.1f} MB; load {command.load()}")
    if run.peak > LIMIT:
        sys.exit(f"splat.py: the still took {run.peak:.0f} MB, above {LIMIT:.0f}")
