"""What small files of splats cost: beside the original's pictures, and beside photographs."""

import sys
import tempfile
from pathlib import Path

import numpy as np

import command
import scores
from splats import models, pictures

VIEWS = 16


def add_options(parser):
    parser.add_argument("scenes", nargs="*", type=Path, metavar="SCENE",
                        help="default biker and guitar")
    parser.add_argument("--ratios", default="8,15")
    parser.add_argument("--size", default="640x480", help="of the pictures from around")
    parser.add_argument("--trained", type=Path, help="a scene of photographs; default lego")
    parser.add_argument("--seconds", type=float, default=120, help="of that training; 0 for none")
    parser.add_argument("--width", type=int, default=200, help="of its photographs")
    parser.add_argument("--cap", type=int, default=30_000)
    parser.add_argument("--set", action="append", default=[], help="a further setting of it")


def measure(options):
    around(options)
    if options.seconds > 0:
        photographs(options)


def ratios(options):
    return map(float, options.ratios.split(","))


def around(options):
    folder = options.data / "splats"
    scenes = options.scenes or [folder / "biker.spz", folder / "guitar.compressed.ply"]
    for scene in scenes:
        if not scene.is_file():
            sys.exit(f"splat.py: {scene}: the scene is not there; give other files, or --data DIR")
    print(f"{VIEWS} pictures of {options.size} from around, beside the original's; "
          f"{command.machine()}\n")
    print("| scene | ratio asked | ratio | MB | splats | degree | least dB | mean dB | told dB |"
          " seconds | load |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for scene in scenes:
        with tempfile.TemporaryDirectory() as work:
            work = Path(work)
            draw(scene, options.size, work / "original")
            for ratio in ratios(options):
                small = work / f"small-{ratio:g}.sog"
                run = compress(scene, small, ratio)
                draw(small, options.size, work / small.stem, "--like", scene)
                found = likeness(work / small.stem, work / "original")
                print(f"| {scene.name} | {told(run, ratio)} | {min(found):.2f} | "
                      f"{np.mean(found):.2f} | {run.told['psnr']:.2f} | {run.seconds:.1f} | "
                      f"{command.load()} |", flush=True)


def compress(scene, out, ratio):
    return command.run("compress", scene, out, "--target-ratio", ratio)


def told(run, asked):
    facts = run.told
    return (f"{asked:g} | {facts['ratio']:.2f} | {facts['bytes'] / 1e6:.2f} | "
            f"{facts['count']:,} of {facts['countIn']:,} | {facts['shDegree']}")


def draw(scene, size, out, *options):
    command.run("render", scene, "--orbit", VIEWS, "--size", size, *options, "--out", out)


def likeness(drawn, original):
    return [scores.psnr(scores.load(drawn / p.name), scores.load(p))
            for p in sorted(original.glob("*.png"))]


def photographs(options):
    scene = options.trained or options.data / "nerf/lego"
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        model, views = work / "model.safetensors", work / "views"
        words = ["fit", scene, "--as", "splat", "--seconds", options.seconds, "--out", model]
        for setting in [f"width={options.width}", f"cap={options.cap}", f"writeTestViews={views}",
                        *options.set]:
            words += ["--set", setting]
        command.run(*words, home=work / "home")
        before = pictures.score(views, views)
        degree = models.read_model(model)[1]["degree"]
        print(f"\n{scene.name}, {options.width} pixels wide, trained for {options.seconds:g} s to degree "
              f"{degree}, beside {len(pictures.held_out(views))} held-out photographs; "
              f"{command.machine()}\n")
        print("| ratio asked | ratio | MB | splats | degree | before, dB | after, dB | lost, dB |"
              " SSIM before | after | seconds | load |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        scene_file = work / "trained.ply"
        command.run("convert", model, scene_file)
        for ratio in ratios(options):
            small = work / f"small-{ratio:g}.sog"
            run = compress(scene_file, small, ratio)
            after = pictures.score(redrawn(small, model, views), views)
            print(f"| {told(run, ratio)} | {before[0]:.2f} | {after[0]:.2f} | "
                  f"{before[0] - after[0]:.2f} | {before[1]:.4f} | {after[1]:.4f} | "
                  f"{run.seconds:.1f} | {command.load()} |", flush=True)


def redrawn(small, model, views):
    """The held-out views of a model with the splats of a compressed file in place of its own."""
    plain, borrowed = small.with_suffix(".ply"), small.with_suffix(".safetensors")
    command.run("convert", small, plain)
    models.seen_by(model, models.read_ply(plain), borrowed)
    folder = small.with_suffix("")
    folder.mkdir()
    for stem in pictures.held_out(views):
        command.run("render", borrowed, "--view", models.view_of(model, stem), "--out",
                    folder / f"{stem}.png")
    return folder
