"""A training of the fox that a second process moves to another backend and back in its middle."""

import sys
import tempfile
import time
from pathlib import Path

import command
from splats import fox

PATIENCE = 600  # seconds until a move shows in the job's record


def add_options(parser):
    parser.add_argument("--to", default="reference", help="the other backend")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--stay", type=int, default=3, help="steps on the other backend, at least")
    parser.add_argument("--width", type=int, default=34, help="pixels; a quarter of 135")


def measure(options):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        alone = start(folder / "alone", options).end()
        moves, moved = disturbed(folder / "moved", options)
    print(f"fox, {options.width} pixels wide, {options.steps:,} steps; {command.machine()}\n")
    print("| | backends | seconds | PSNR dB | SSIM | loss |")
    print("|---|---|--:|--:|--:|--:|")
    print(row("left alone", alone.told["backend"], alone))
    print(row("moved", " → ".join(["cpu", *(f"{to} at {step:,}" for to, step in moves)]), moved))
    apart = moved.told["metrics"]["testPsnr"] - alone.told["metrics"]["testPsnr"]
    print(f"\nMoved beside left alone: {apart:+.4f} dB.")


def start(home, options):
    home.mkdir()
    return command.Running(
        *fox.fit_words(options.data, width=options.width), "--steps", options.steps,
        "--backend", "cpu", "--out", home / "model.safetensors", home=home)


def disturbed(home, options):
    """The moves as backend and step, and the run."""
    fit = start(home, options)
    moves, first = [], options.steps // 3
    fields = wait(home, fit, lambda now: now["lastBackend"] == "cpu" and int(now["step"]) >= first)
    for backend, stay in ((options.to, options.stay), ("cpu", 0)):
        command.run("swap", fields["job"], backend, home=home)
        fields = wait(home, fit, lambda now: now["lastBackend"] == backend)
        begun = int(fields["step"])
        moves.append((backend, begun))
        fields = wait(home, fit, lambda now: int(now["step"]) >= begun + stay)
    run = fit.end()
    if run.told["backend"] != "cpu":
        sys.exit(f"splat.py: the training ended on {run.told['backend']}, not on cpu")
    return moves, run


def wait(home, fit, holds):
    """The record of the job as soon as something holds for it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        fields = command.record(home)
        if "step" in fields and "lastBackend" in fields and holds(fields):
            return fields
        if fit.has_ended():
            fit.end()
            sys.exit("splat.py: the training ended before it was moved; give more --steps")
        time.sleep(0.1)
    sys.exit(f"splat.py: the training was not moved within {PATIENCE} s; its record: {fields}")


def row(what, backends, run):
    metrics = run.told["metrics"]
    return (f"| {what} | {backends} | {run.told['seconds']:.1f} | {metrics['testPsnr']:.3f} | "
            f"{metrics['testSsim']:.4f} | {metrics['testLoss']:.4f} |")
