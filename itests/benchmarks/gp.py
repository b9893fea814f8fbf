#!/usr/bin/python3
"""gp.py borehole [ROWS] | uci [TABLE…] [--splits N] | large [TABLE…]   [--data DIR]

Gaussian processes from outside, beside scikit-learn's where Debian's python3-sklearn is installed.
  borehole  a fit with a length scale a column of the 8-dimensional borehole function (public test
            function) with noise of 0.05, and 2,000 predictions with deviations; in turns, twice,
            and the same fit again and again in one engine
  uci       RMSE, NLPD (mean ± standard error) and coverage of 95 % bands over the fixed splits, of
            seven tables of some hundred rows, and of elevators
  large     one split of a table of above 10,000 rows by conjugate gradients: of kin40k, elevators,
            bike and pol, or of those named"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
import numpy as np

import command

try:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    # length scales of columns that tell nothing go to their bounds, on both sides
    warnings.simplefilter("ignore", ConvergenceWarning)
except ImportError:
    GaussianProcessRegressor = None

UCI = ["yacht", "autompg", "housing", "stock", "energy", "concrete", "wine", "elevators"]
LARGE = ["kin40k", "elevators", "bike", "pol"]
TEST = 2000
MEMORY = 8e9  # that scikit-learn is given
AGAIN = 6  # fits in one engine


def kernfield(*words):
    """Its JSON and the wall time of the process."""
    run = command.run(*words)
    return run.told, run.seconds


def borehole(u):
    """Water flow through a borehole, m³ a year, of 8 inputs in [0, 1]."""
    low = np.array([0.05, 100, 63070, 990, 63.1, 700, 1120, 9855])
    high = np.array([0.15, 50000, 115600, 1110, 116, 820, 1680, 12045])
    radius, reach, upper, upper_head, lower, lower_head, length, conductivity = (
        low + u * (high - low)
    ).T
    ratio = np.log(reach / radius)
    leak = 2 * length * upper / (ratio * radius**2 * conductivity)
    return 2 * np.pi * upper * (upper_head - lower_head) / (ratio * (1 + leak + upper / lower))


def scores(mean, variance, y):
    z = y - mean
    nlpd = np.mean(0.5 * np.log(2 * np.pi * variance) + 0.5 * z**2 / variance)
    inside = np.mean(np.abs(z) <= 1.959964 * np.sqrt(variance))
    return float(np.sqrt(np.mean(z**2))), float(nlpd), float(inside)


def compare_borehole(rows):
    rng = np.random.default_rng(0)
    x = rng.random((rows, 8))
    f = borehole(x)
    mu, sd = f.mean(), f.std()
    y = (f - mu) / sd + 0.05 * rng.standard_normal(rows)
    xt = rng.random((TEST, 8))
    yt = (borehole(xt) - mu) / sd + 0.05 * rng.standard_normal(TEST)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        np.savetxt(folder / "train.csv", np.c_[x, y], delimiter=",", fmt="%.17g")
        np.savetxt(folder / "test.csv", xt, delimiter=",", fmt="%.17g")
        for _ in range(2):
            ours(folder, rows, yt)
            if GaussianProcessRegressor is not None:
                theirs(x, y, xt, yt)
            else:
                print("scikit-learn: not installed; apt-get install python3-sklearn")
        again(folder, rows)


def again(folder, rows):
    """What a server sees that keeps its engine."""
    script = folder / "fits.gogo"
    fit = f"kf:fit {folder / 'train.csv'} --as gp --out {folder / 'again.safetensors'} --json\n"
    script.write_text(AGAIN * fit)
    run = subprocess.run(
        [command.PROGRAM, "run", script], check=True, capture_output=True, text=True
    )
    fits = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    seconds = ", ".join(f"{fit['seconds']:.2f}" for fit in fits)
    print(f"Kernfield     n={rows} fits one after the other in one engine: {seconds} s", flush=True)


def ours(folder, rows, yt):
    model = folder / "model.safetensors"
    fit, whole = kernfield("fit", folder / "train.csv", "--as", "gp", "--out", model)
    told, asking = kernfield(
        "eval", model, "--at", folder / "test.csv", "--std", "--out", folder / "told.csv"
    )
    values = np.genfromtxt(folder / "told.csv", delimiter=",")[-TEST:]
    rmse, nlpd, inside = scores(values[:, -2], values[:, -1] ** 2, yt)
    print(
        f"Kernfield     n={rows} fit {fit['seconds']:.2f} s (process {whole:.2f} s), "
        f"log marginal {fit['metrics']['logMarginal']:.2f}; {TEST} predictions "
        f"{told['seconds']:.3f} s; RMSE {rmse:.4f} NLPD {nlpd:.4f} coverage {inside:.3f}",
        flush=True,
    )


def theirs(x, y, xt, yt):
    kernel = ConstantKernel(1.0, (1e-3, 1e4)) * RBF([1.0] * 8, (1e-2, 1e3))
    process = GaussianProcessRegressor(kernel + WhiteKernel(0.01, (1e-6, 1)))
    begun = time.time()
    process.fit(x, y)
    fitted = time.time() - begun
    begun = time.time()
    mean, deviation = process.predict(xt, return_std=True)
    asked = time.time() - begun
    rmse, nlpd, inside = scores(mean, deviation**2, yt)
    print(
        f"scikit-learn  n={len(x)} fit {fitted:.2f} s, "
        f"log marginal {process.log_marginal_likelihood_value_:.2f}; {TEST} predictions "
        f"{asked:.3f} s; RMSE {rmse:.4f} NLPD {nlpd:.4f} coverage {inside:.3f}",
        flush=True,
    )


def split_table(folder, split):
    rows = np.loadtxt(gzip.open(folder / "data.csv.gz"), delimiter=",")
    test = np.loadtxt(gzip.open(folder / "test_mask.csv.gz"), delimiter=",")[:, split] == 1
    x, y = rows[:, :-1], rows[:, -1]
    mean, scale = x[~test].mean(0), x[~test].std(0) + 1e-12
    target = (y - y[~test].mean()) / y[~test].std()
    x = (x - mean) / scale
    return x[~test], target[~test], x[test], target[test]


def sklearn_memory(folder):
    """Bytes of the matrix's derivative by each length scale, which it holds at once."""
    x, *_ = split_table(folder, 0)
    return 8 * len(x) ** 2 * x.shape[1]


def sklearn_scores(folder, split):
    x, y, xt, yt = split_table(folder, split)
    kernel = ConstantKernel(1.0, (1e-3, 1e3)) * RBF(np.ones(x.shape[1]), (1e-2, 1e3))
    process = GaussianProcessRegressor(kernel + WhiteKernel(0.1, (1e-6, 10)))
    begun = time.time()
    process.fit(x, y)
    seconds = time.time() - begun
    mean, deviation = process.predict(xt, return_std=True)
    return (*scores(mean, deviation**2, yt), seconds)


def summary(who, name, found):
    def told(column):
        values = [row[column] for row in found]
        error = statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0
        return f"{statistics.mean(values):.4f} ± {error:.4f}"

    inside = statistics.mean(row[2] for row in found)
    seconds = statistics.mean(row[3] for row in found)
    print(f"| {name} | {who} | {told(0)} | {told(1)} | {inside:.3f} | {seconds:.1f} |", flush=True)


def compare_tables(names, splits, data):
    print("| table | | RMSE | NLPD | coverage | fit, s |\n|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            table = data / "regression/uci" / name
            found = []
            for split in range(splits):
                fit, _ = kernfield(
                    "fit", table, "--as", "gp", "--set", f"split={split}",
                    "--out", Path(folder) / "m.safetensors",
                )
                m = fit["metrics"]
                found.append((m["rmse"], m["nlpd"], m["coverage95"], fit["seconds"]))
            summary("Kernfield", name, found)
            needed = sklearn_memory(table)
            if GaussianProcessRegressor is None:
                print("scikit-learn: not installed; apt-get install python3-sklearn")
            elif needed > MEMORY:
                print(f"| {name} | scikit-learn | left out: its gradient takes {needed / 1e9:.0f} GB |")
            else:
                summary("scikit-learn", name, [sklearn_scores(table, s) for s in range(splits)])


def large(names, data):
    print("| table | rows | columns | RMSE | NLPD | coverage | fit, s | process, s | iterations |"
          " residual | load |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in names:
        table = data / "regression/uci" / name
        columns = split_table(table, 0)[0].shape[1]
        with tempfile.TemporaryDirectory() as folder:
            fit, whole = kernfield(
                "fit", table, "--as", "gp", "--method", "cg",
                "--kernel", "1.0*matern52(ard) + white",
                "--set", "split=0", "--out", Path(folder) / "m.safetensors",
            )
        m, figures = fit["metrics"], fit["report"]["figures"]
        print(
            f"| {name} | {figures['rows']:,.0f} | {columns} | {m['rmse']:.4f} | {m['nlpd']:.3f} | "
            f"{m['coverage95']:.3f} | {fit['seconds']:.1f} | {whole:.1f} | "
            f"{figures['iterations']:.0f} | {figures['residual']:.1e} | {os.getloadavg()[0]:.1f} |",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["borehole", "uci", "large"])
    parser.add_argument("operands", nargs="*")
    parser.add_argument("--splits", type=int, default=10)
    parser.add_argument("--data", type=Path, default=command.DATA)
    args = parser.parse_args()
    if args.what == "borehole":
        for rows in args.operands or ["1000"]:
            compare_borehole(int(rows))
    elif args.what == "uci":
        compare_tables(args.operands or UCI, args.splits, args.data)
    else:
        large(args.operands or LARGE, args.data)
    print(f"load {os.getloadavg()[0]:.1f}")


main()
