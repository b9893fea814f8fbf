"""The fox: 39 photographs of 135 x 240, 5,000 random points, 0031.jpg held out."""

import json
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

import command
import scores
from splats import alignment, models, pictures

HELD_OUT = "0031.jpg"
# OpenSplat 1.1.5 on its CPU: seconds, processor seconds and MB, on two AVX-512 cores of another machine
PEER = {300: (54.7, 53.0, 299), 2000: (213.6, 212.5, 310)}
PEER_BACKGROUND = "0.613,0.0101,0.3984"  # that it trains on
SPACING = 6 / 5000 ** (1 / 3)  # of the points, in a cube of 6 units


def add_options(parser):
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", default="300,2000", help="lengths of the trainings")


def add_pace_options(parser):
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--count", type=int, default=50_000, help="splats, from the first step on")


def fit_words(data, width=135, points=None):
    """What a training of the fox is called with, but for its length and results."""
    scene = data / "nerf/fox"
    return ["fit", scene, "--as", "splat", "--set", f"width={width}",
            "--set", f"points={points or scene / 'pts5000.ply'}", "--set", f"testViews={HELD_OUT}"]


def measure(options):
    print(f"fox, {options.rounds} trainings of each length, whole processes; {command.machine()}\n")
    print("| steps | | seconds (all) | CPU s | PSNR dB | SSIM | loss | peak MB | load |"
          " peer's seconds / ours |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for steps in map(int, options.steps.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            rows(steps, options, Path(folder))
    print("\nOpenSplat's seconds are published figures of another machine, of two AVX-512 cores of"
          " which it uses one; its splats are drawn and scored here.")


def rows(steps, options, folder):
    model = folder / "fox.safetensors"
    runs = []
    for _ in range(options.rounds):
        runs.append(command.run(
            *fit_words(options.data), "--steps", steps, "--out", model,
            "--set", f"writeTestViews={folder / 'views'}", home=folder / "home"))
    seconds = [run.seconds for run in runs]
    middle = statistics.median(seconds)
    ratio = f"{PEER[steps][0] / middle:.1f}" if steps in PEER else ""
    print(f"| {steps:,} | Kernfield | {middle:.1f} ({', '.join(f'{s:.1f}' for s in seconds)}) | "
          f"{statistics.median(run.processor for run in runs):.1f} | "
          f"{scored(folder / 'views', folder / 'views')} | {max(run.peak for run in runs):.0f} | "
          f"{command.load()} | {ratio} |", flush=True)
    splats = options.data / f"peers/opensplat-fox-{steps}.ply"
    if steps in PEER and splats.exists():
        wall, processor, peak = PEER[steps]
        plain, aligned = peer(splats, options.data, model, folder)
        print(f"| {steps:,} | OpenSplat | {wall:.1f} there | {processor:.1f} | {plain} | {peak} | | |")
        print(f"| {steps:,} | · its camera aligned | | | {aligned} | | | |", flush=True)


def scored(drawn, folder):
    psnr, ssim, loss = pictures.score(drawn, folder)
    return f"{psnr:.2f} | {ssim:.4f} | {loss:.4f}"


def peer(file, data, model, folder):
    """Scores of OpenSplat's splats, drawn as the held-out photograph was taken, and again with a
    camera that is aligned in its favour: it undistorts and crops photographs in its own way.

    It moves the middle of its cameras to 0 and their farthest coordinate to 1, and writes the
    splats so."""
    scene, stem = data / "nerf/fox", Path(HELD_OUT).stem
    frames = json.loads((scene / "transforms.json").read_text())["frames"]
    there = [frame for frame in frames if (scene / frame["file_path"]).exists()]
    eyes = np.array([frame["transform_matrix"] for frame in there])[:, :3, 3]
    middle = eyes.mean(0)
    size = np.abs(eyes - middle).max()
    splats = models.read_ply(file)
    splats["means"] = (splats["means"] * size + middle).astype("<f4")
    splats["logScales"] = (splats["logScales"] + np.log(size)).astype("<f4")
    views = models.read_model(model)[0]["views"].copy()

    def drawn(name):
        models.seen_by(model, splats, folder / f"{name}.safetensors", views)
        (folder / name).mkdir()
        command.run("render", folder / f"{name}.safetensors", "--view", HELD_OUT, "--background",
                    PEER_BACKGROUND, "--out", folder / name / f"{stem}.png")
        return scored(folder / name, folder / "views")

    plain = drawn("plain")
    k = models.view_of(model, stem)
    views[k] = alignment.aligned(views[k], scores.load(folder / f"plain/{stem}.png"),
                                 scores.load(folder / f"views/{stem}.truth.png"))
    return plain, drawn("aligned")


def measure_pace(options):
    """Steps a second with all splats there from the start."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        points = folder / "points.ply"
        write_points(points, options.data / "nerf/fox/pts5000.ply", options.count)
        fit = command.Running(
            *fit_words(options.data, points=points), "--set", "strategy=mcmc", "--set",
            f"cap={options.count}", "--seconds", options.seconds, "--out", folder / "m.safetensors",
            home=folder / "home")
        seen = [(0.0, 0)]
        while not fit.has_ended():
            fields = command.record(folder / "home")
            if int(fields.get("step", 0)) > seen[-1][1]:
                seen.append((float(fields["spent"]), int(fields["step"])))
            time.sleep(0.2)
        run = fit.end()
        count = len(models.read_model(folder / "m.safetensors")[0]["opacities"])
    told = run.told
    half = min(seen, key=lambda row: abs(row[0] - told["seconds"] / 2))
    later = (told["steps"] - half[1]) / (told["seconds"] - half[0])
    print(f"fox, {count:,} splats from the first step on; {command.machine()}\n")
    print("| seconds | steps | a second | a second from the middle on | CPU s | peak MB | PSNR dB |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    print(f"| {told['seconds']:.1f} | {told['steps']:,} | {told['steps'] / told['seconds']:.1f} | "
          f"{later:.1f} | {run.processor:.1f} | {run.peak:.0f} | {told['metrics']['testPsnr']:.2f} |")


def write_points(out, given, count):
    """As many points as wanted of those given: each often, all but once moved at random."""
    lines = given.read_text().splitlines()
    start = lines.index("end_header") + 1
    points = np.loadtxt(lines[start:])
    repeated = points[np.arange(count) % len(points)]
    moved = np.random.default_rng(0).uniform(-SPACING / 2, SPACING / 2, (count, 3))
    moved[: len(points)] = 0
    repeated[:, :3] += moved
    header = [f"element vertex {count}" if line.startswith("element vertex") else line
              for line in lines[:start]]
    with open(out, "w", encoding="ascii") as file:
        file.write("\n".join(header) + "\n")
        np.savetxt(file, repeated, fmt=["%.6f"] * 3 + ["%d"] * 3)
