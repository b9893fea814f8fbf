#!/usr/bin/python3
"""splat.py [--scene DIR] [--seconds S] [--width W] [--cap N] [--every STEPS] [--set NAME=VALUE]...

Trains splats with ./kernfield and prints how the PSNR of the held-out views grows with time, as a
Markdown table: seconds of training, steps, dB. The scores are taken during one training (setting
scoreEvery), whose rates fall towards its end: the last row is the result, those before it are what
one would have had by then, not what a shorter training comes to. Python's standard library only."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main():
    options = arguments()
    if not options.scene.is_dir():
        sys.exit(f"splat.py: {options.scene}: the scene is not there; give --scene DIR")
    subprocess.run([ROOT / "kernfield", "version"], check=True, stdout=subprocess.DEVNULL)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as work:
        start = time.monotonic()
        rows, end = train(options, Path(work))
        whole = time.monotonic() - start
    print(f"{options.scene.name}, {options.width} pixels wide, at most {options.cap:,} splats; "
          f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, "
          f"{time.strftime('%Y-%m-%d')}\n")
    print("| s | steps | PSNR dB | SSIM |")
    print("|--:|--:|--:|--:|")
    for seconds, step, psnr, ssim in rows:
        print(f"| {seconds:.0f} | {step:,} | {psnr:.2f} | {ssim:.4f} |")
    metrics = end["metrics"]
    print(f"| **{end['seconds']:.0f}** | **{end['steps']:,}** | **{metrics['testPsnr']:.2f}** | "
          f"**{metrics['testSsim']:.4f}** |")
    print(f"\n{metrics['testViews']:.0f} views held out; whole process {whole:.0f} s.")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scene", type=Path, default=ROOT.parent / "shared/data/nerf/lego")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--width", type=int, default=200)
    parser.add_argument("--cap", type=int, default=30_000)
    parser.add_argument("--every", type=int, default=250, help="steps between two scores")
    parser.add_argument("--set", action="append", default=[], help="a further setting")
    return parser.parse_args()


def train(options, work):
    """Follows the record of the job, which is written anew every few seconds."""
    command = [ROOT / "kernfield", "fit", options.scene, "--as", "splat",
               "--seconds", str(options.seconds), "--out", work / "model.safetensors", "--json"]
    for setting in [f"width={options.width}", f"cap={options.cap}", f"scoreEvery={options.every}",
                    *options.set]:
        command += ["--set", setting]
    fit = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                           env={**os.environ, "KERNFIELD_HOME": str(work / "home")})
    rows = []
    while fit.poll() is None:
        row = newest(work / "home/jobs")
        if row and (not rows or row[2] != rows[-1][2]):
            rows.append(row)
        time.sleep(0.5)
    out, err = fit.communicate()
    if fit.returncode:
        sys.exit(f"splat.py: {err.strip().splitlines()[-1]}")
    return rows, json.loads(out)


def newest(jobs):
    for record in jobs.glob("*/job.properties"):
        fields = {}
        for line in record.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            fields[name] = value
        if "metric.testPsnr" in fields:
            return (float(fields["spent"]), int(fields["step"]), float(fields["metric.testPsnr"]),
                    float(fields["metric.testSsim"]))
    return None


if __name__ == "__main__":
    main()
