"""How the PSNR of the held-out views of a scene grows with the time of its training.

The scores are taken during one training, whose rates fall towards its end: the last row is the
result, those before it are what one would have had by then, not what a shorter training comes to."""

import sys
import tempfile
import time
from pathlib import Path

import command


def add_options(parser):
    parser.add_argument("--scene", type=Path, help="default lego")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--width", type=int, default=200)
    parser.add_argument("--cap", type=int, default=30_000)
    parser.add_argument("--every", type=int, default=250, help="steps between two scores")
    parser.add_argument("--set", action="append", default=[], help="a further setting")


def measure(options):
    scene = options.scene or options.data / "nerf/lego"
    if not scene.is_dir():
        sys.exit(f"splat.py: {scene}: the scene is not there; give --scene DIR")
    with tempfile.TemporaryDirectory() as work:
        rows, run = train(scene, options, Path(work))
    print(f"{scene.name}, {options.width} pixels wide, at most {options.cap:,} splats; "
          f"{command.machine()}\n")
    print("| s | steps | PSNR dB | SSIM |")
    print("|--:|--:|--:|--:|")
    for seconds, step, psnr, ssim in rows:
        print(f"| {seconds:.0f} | {step:,} | {psnr:.2f} | {ssim:.4f} |")
    end, metrics = run.told, run.told["metrics"]
    print(f"| **{end['seconds']:.0f}** | **{end['steps']:,}** | **{metrics['testPsnr']:.2f}** | "
          f"**{metrics['testSsim']:.4f}** |")
    print(f"\n{metrics['testViews']:.0f} views held out; whole process {run.seconds:.0f} s, "
          f"{run.processor:.0f} s of processor time, at most {run.peak:.0f} MB.")


def train(scene, options, work):
    words = ["fit", scene, "--as", "splat", "--seconds", options.seconds,
             "--out", work / "model.safetensors"]
    for setting in [f"width={options.width}", f"cap={options.cap}", f"scoreEvery={options.every}",
                    *options.set]:
        words += ["--set", setting]
    fit = command.Running(*words, home=work / "home")
    rows = []
    while not fit.has_ended():
        row = newest(command.record(work / "home"))
        if row and (not rows or row[2] != rows[-1][2]):
            rows.append(row)
        time.sleep(0.5)
    return rows, fit.end()


def newest(fields):
    if "metric.testPsnr" not in fields:
        return None
    return (float(fields["spent"]), int(fields["step"]), float(fields["metric.testPsnr"]),
            float(fields["metric.testSsim"]))
