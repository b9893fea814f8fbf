#!/usr/bin/python3
"""splat.py fox | steps | curve | frames | compression | swap  [--data DIR]

Splats from outside, each as a Markdown table; `splat.py fox --help` tells the options of fox.
  fox          trainings of 300 and 2,000 steps as whole processes, beside OpenSplat's results
  steps        steps a second of a training with 50,000 splats
  curve        how the PSNR of the held-out views of lego grows with time
  frames       frames a second of a scene, and a large still
  compression  what files 8 and 15 times as small cost, of scenes and of a training
  swap         a training moved to another backend and back, beside one left alone
Debian's python3-numpy, python3-scipy and python3-pil are needed."""

import argparse
from pathlib import Path

import command
from splats import compression, curve, fox, frames, swap

COMMANDS = {
    "fox": (fox.add_options, fox.measure),
    "steps": (fox.add_pace_options, fox.measure_pace),
    "curve": (curve.add_options, curve.measure),
    "frames": (frames.add_options, frames.measure),
    "compression": (compression.add_options, compression.measure),
    "swap": (swap.add_options, swap.measure),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    chosen = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    for name, (add_options, _) in COMMANDS.items():
        each = chosen.add_parser(name, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        each.add_argument("--data", type=Path, default=command.DATA)
        add_options(each)
    options = parser.parse_args()
    command.build()
    COMMANDS[options.what][1](options)


if __name__ == "__main__":
    main()
