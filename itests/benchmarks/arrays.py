#!/usr/bin/python3
"""arrays.py [neighbours] [sort] [fft] [memory]

Neighbour search, sorting and Fourier transforms beside SciPy and NumPy, in one run: both work on
the same float32 numbers on two threads, A B A B, and the least of three rounds counts. Ratios are of
the processor's seconds (of all threads), which other programs on the machine disturb least."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import scipy.fft
from scipy.spatial import cKDTree

HERE = Path(__file__).resolve().parent
THREADS, ROUNDS, TIMES = 2, 3, 20


class Java:
    """The class ArrayWork, a line in and a line out."""

    def __init__(self, options=("-Xmx8g",)):
        home = subprocess.run(
            ["sh", "-c", ". runtime/src/dist/bin/find-java; require_java; echo $KERNFIELD_JAVA"],
            cwd=HERE.parent.parent, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout.strip()
        self.process = subprocess.Popen(
            [f"{home}/bin/java", *options, "-XX:+UseParallelGC",
             "-cp", f"{HERE}/target/classes:{HERE}/target/lib/*",
             "org.kernfield.benchmarks.ArrayWork", str(THREADS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def __call__(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(f"arrays.py: {' '.join(map(str, words))}: ended")
        return tuple(map(float, answer))

    def give(self, name, values, folder):
        path = Path(folder) / name
        values.astype("<f4").tofile(path)
        self(name, path)

    def close(self):
        self.process.stdin.close()
        _, _, usage = os.wait4(self.process.pid, 0)
        return usage.ru_maxrss * 1024 / 1e6


def timed(work):
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - processor, result


def compare(what, ours, theirs, check=None):
    """Alternates two works, each a function that returns wall, processor and result."""
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    for a, b in rounds:
        if check and not check(a[2], b[2]):
            sys.exit(f"arrays.py: {what}: results differ: {a[2]} and {b[2]}")
    a, b = (tuple(min(r[k][j] for r in rounds) for j in (0, 1)) for k in (0, 1))
    print(f"| {what} | {rounds[0][0][0]:.3f} | {a[0]:.3f} | {a[1]:.3f} | {b[0]:.3f} | {b[1]:.3f}"
          f" | {b[0] / a[0]:.2f} | {b[1] / a[1]:.2f} | {os.getloadavg()[0]:.1f} |", flush=True)


def equal(a, b):
    return a == b


def neighbours(java, folder):
    for n, d, q in ((1_000_000, 3, 1_000_000), (1_000_000, 8, 10_000)):
        random = np.random.default_rng(1)
        points = random.random((n, d), dtype=np.float32)
        queries = random.random((q, d), dtype=np.float32)
        java.give("points", points, folder)
        java.give("queries", queries, folder)
        tree = {}

        def build():
            tree["peer"] = cKDTree(points)

        def nearest():
            return float(tree["peer"].query(queries, k=16, workers=THREADS)[1].sum())

        def within():
            found = tree["peer"].query_ball_point(queries, radius, workers=THREADS)
            return float(sum(map(sum, found)))

        where = f"{n:,} points, d = {d}"
        compare(f"build k-d tree, {where}", lambda: java("tree", d), lambda: timed(build))
        compare(f"16 nearest of {q:,} queries, {where}",
                lambda: java("nearest", 16), lambda: timed(nearest), equal)
        # the ball that holds 20 points on average
        volume = np.pi ** (d / 2) / {3: 1.329340388179137, 8: 24}[d]
        radius = float((20 / n / volume) ** (1 / d))
        compare(f"within a radius, {q:,} queries, {where}",
                lambda: java("within", repr(radius)), lambda: timed(within), equal)
        if d <= 3:
            compare(f"build grid, {where}", lambda: java("grid", d), lambda: timed(build))
            compare(f"grid, 16 nearest of {q:,} queries, {where}",
                    lambda: java("nearest", 16), lambda: timed(nearest), equal)
            compare(f"grid, within a radius, {q:,} queries, {where}",
                    lambda: java("within", repr(radius)), lambda: timed(within), equal)


def sort(java, folder):
    keys = np.random.default_rng(2).standard_normal(10_000_000, dtype=np.float32)
    java.give("points", keys, folder)
    wide = keys.astype(np.float64)
    for what, values, command in (("float32", keys, "sort"), ("float64", wide, "sort64")):
        compare(f"stable order of 10,000,000 {what}", lambda: java(command),
                lambda: timed(lambda: float(np.argsort(values, kind="stable")[len(keys) // 2])),
                equal)
    compare("the same of float32, peer's not stable", lambda: java("sort"),
            lambda: timed(lambda: np.argsort(keys)))


def fft(java, folder):
    for n, what in ((1 << 20, "2^20"), (1_000_000, "1,000,000"), (999_983, "999,983 (prime)")):
        row = np.random.default_rng(3).standard_normal(n, dtype=np.float32)
        java.give("points", row, folder)
        java("plan")

        def peer():
            for _ in range(TIMES):
                spectrum = scipy.fft.rfft(row.astype(np.float64)).astype(np.complex64)
            return float(spectrum[1].real)

        compare(f"{TIMES} real transforms of {what} float32, in float64",
                lambda: java("fft", TIMES), lambda: timed(peer),
                lambda a, b: abs(a - b) <= 1e-6 * np.sqrt(n))


def memory():
    """10^7 points in three dimensions within 2 GB of heap."""
    points = np.random.default_rng(4).random((10_000_000, 3), dtype=np.float32)
    with tempfile.TemporaryDirectory() as folder:
        java = Java(("-Xmx2g",))
        java.give("points", points, folder)
        for command in (("tree", 3), ("others", 16)):
            wall, processor, _ = java(*command)
            print(f"10,000,000 points, -Xmx2g: {' '.join(map(str, command))} {wall:.1f} s,"
                  f" processor {processor:.1f} s (load {os.getloadavg()[0]:.1f})", flush=True)
        print(f"peak memory {java.close():.0f} MB")


def main():
    wanted = sys.argv[1:] or ["neighbours", "sort", "fft", "memory"]
    subprocess.run(["mvn", "-q", "-B", "-ntp", "-pl", "itests/benchmarks", "-am", "-DskipTests",
                    "package"], cwd=HERE.parent.parent, check=True, stdout=sys.stderr)
    print("| work | first s | s | CPU s | peer s | peer CPU s | ahead | ahead in CPU | load |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    java = Java()
    with tempfile.TemporaryDirectory() as folder:
        for name, work in (("neighbours", neighbours), ("sort", sort), ("fft", fft)):
            if name in wanted:
                work(java, folder)
    java.close()
    if "memory" in wanted:
        memory()


if __name__ == "__main__":
    main()
