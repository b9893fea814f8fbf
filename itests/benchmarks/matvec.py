#!/usr/bin/python3
"""Sums of Gaussians of `./kernfield bench matvec` beside numpy's, A B A B.

numpy computes blocks of rows by |x|^2 + |p|^2 - 2 x.p with its BLAS, on both cores: one process a
core with a BLAS of one thread each, and one process with a BLAS of as many threads as there are
cores; the faster counts.
"""
import json
import os
import subprocess
import sys
import time

CASES = [("d=3", 3, 20480, 0.2), ("d=8", 8, 20480, 0.5), ("d=64", 64, 20480, 1.5),
         ("d=784", 784, 4096, 5.0)]
BLOCK = 512
ROUNDS = 2
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def blocks(d, n, lengthscale, rows):
    """Seconds for `rows` queries and n sources in d dimensions, the best of three."""
    import numpy as np
    random = np.random.default_rng(1)
    scale = np.float32(1 / lengthscale)
    x = (random.random((rows, d), dtype=np.float32) - np.float32(0.5)) * scale
    p = (random.random((n, d), dtype=np.float32) - np.float32(0.5)) * scale
    w = random.random(n, dtype=np.float32) - np.float32(0.5)
    half = np.float32(0.5) * (p * p).sum(1)
    transposed = np.ascontiguousarray(p.T)
    block = np.empty((BLOCK, n), np.float32)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for i in range(0, rows, BLOCK):
            part = x[i:i + BLOCK]
            k = block[:len(part)]
            np.matmul(part, transposed, out=k)
            k -= half
            k -= np.float32(0.5) * (part * part).sum(1)[:, None]
            np.exp(k, out=k)
            k @ w
        best = min(best, time.perf_counter() - start)
    return best


def numpy_rate(d, n, lengthscale):
    """10^9 pairs a second on all cores."""
    cores = os.cpu_count()

    def run(processes, threads):
        rows = n // processes
        command = [sys.executable, os.path.abspath(__file__), "--blocks", str(d), str(n),
                   str(lengthscale), str(rows)]
        environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads),
                           OMP_NUM_THREADS=str(threads))
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
                   for _ in range(processes)]
        slowest = max(float(process.communicate()[0]) for process in running)
        return 1e-9 * rows * processes * n / slowest

    return max(run(cores, 1), run(1, cores))


def kernfield_rates():
    found = subprocess.run([os.path.join(ROOT, "kernfield"), "bench", "matvec", "--json"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return {r["name"]: r for r in json.loads(found.stdout)["results"]}


def main():
    try:
        import numpy
    except ImportError:
        sys.exit("numpy: it is not installed; apt-get install python3-numpy")
    ours, theirs = {}, {}
    for _ in range(ROUNDS):
        for name, result in kernfield_rates().items():
            ours.setdefault(name, []).append(result["value"])
        for name, d, n, lengthscale in CASES:
            theirs.setdefault(name, []).append(numpy_rate(d, n, lengthscale))
    print("numpy %s; 10^9 pairs a second, medians of %d rounds" % (numpy.__version__, ROUNDS))
    for name, *_ in CASES:
        values = sorted(v for v in ours["Gaussian sum " + name] if v is not None)
        peer = sorted(theirs[name])[len(theirs[name]) // 2]
        if values:
            value = values[len(values) // 2]
            print("%-6s kernfield %8.3f  numpy %8.3f  ratio %6.2f  load %.1f"
                  % (name, value, peer, value / peer, os.getloadavg()[0]))
        else:
            print("%-6s kernfield could not be measured  numpy %8.3f" % (name, peer))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--blocks"]:
        print(blocks(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])))
    else:
        main()
