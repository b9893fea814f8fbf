#!/usr/bin/python3
"""endurance.py kill|freeze [--rounds N] [--seed N]

What must hold however rudely a process ends, tried from outside.
  kill   a fit is killed (SIGKILL) at a random moment and resumed, over and over, while another
         process reads every file of the job without pause: no file is ever half-written, every resume
         works, and the model is in the end, byte for byte, that of a fit that was left alone
  freeze a fit is stopped (SIGSTOP) for longer than the engine waits for a sign of life, and goes on
         (SIGCONT) on the backend it was on"""

import argparse
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STEPS = 6000
PICTURE = 64
PATIENCE = 120
FROZEN = 12


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["kill", "freeze"])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(given.seed)
        if given.what == "kill":
            kill(Path(folder), given.rounds or 100, chance)
        else:
            freeze(Path(folder), given.rounds or 5, chance)


def picture(file):
    """A PPM of smooth waves; P6, 8 bits."""
    import math
    pixels = bytearray()
    for y in range(PICTURE):
        for x in range(PICTURE):
            for c in range(3):
                pixels.append(int(127 + 60 * math.sin(x / (3 + c)) + 60 * math.cos(y / (5 + c))))
    file.write_bytes(b"P6 %d %d 255\n" % (PICTURE, PICTURE) + pixels)


def start(home, *words):
    return subprocess.Popen(
        [ROOT / "runtime/target/kernfield/bin/kernfield", *map(str, words)],
        env=dict(os.environ, KERNFIELD_HOME=str(home)),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )


def well(process):
    out, err = process.communicate(timeout=PATIENCE)
    if process.returncode != 0:
        sys.exit(f"endurance.py: exit status {process.returncode}: {err.strip() or out.strip()}")
    return out


def wanted(home, out, target):
    return ("fit", target, "--kernels", 60, "--steps", STEPS, "--seed", 5, "--threads", 1, "--out", out)


class Reader(threading.Thread):
    """Reads whatever files there are, and keeps what was wrong with them."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder, self.wrong, self.read, self.stopped = folder, [], 0, False

    def run(self):
        while not self.stopped:
            try:
                for pattern in ("*.safetensors", "home/jobs/*/*"):
                    for file in self.folder.glob(pattern):
                        self.look(file)
            except FileNotFoundError:
                pass  # a directory went while it was listed
            time.sleep(0.002)

    def look(self, file):
        try:
            content = file.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return
        if file.suffix == ".safetensors":
            self.read += 1
            if not whole(content):
                self.wrong.append(f"{file.name}: {len(content)} bytes are no whole safetensors")
        elif file.suffix == ".json":
            self.read += 1
            try:
                json.loads(content)
            except ValueError as e:
                self.wrong.append(f"{file.name}: {e}")
        elif file.name == "job.properties":
            self.read += 1
            if not recorded(content):
                self.wrong.append(f"{file.name}: {len(content)} bytes without the last key")


def whole(content):
    """Whether a safetensors file has its header and all the bytes that it announces."""
    if len(content) < 8:
        return False
    length = struct.unpack("<Q", content[:8])[0]
    if 8 + length > len(content):
        return False
    header = json.loads(content[8:8 + length])
    end = max((t["data_offsets"][1] for n, t in header.items() if n != "__metadata__"), default=0)
    return 8 + length + end == len(content)


def recorded(content):
    """Whether a job's record, whose keys are in order, has its last line and the end of that."""
    lines = content.decode().splitlines()
    return content.endswith(b"\n") and bool(lines) and lines[-1].startswith("why=")


def kill(folder, rounds, chance):
    target = folder / "waves.ppm"
    picture(target)
    alone, disturbed = folder / "alone.safetensors", folder / "disturbed.safetensors"
    seconds = time.time()
    well(start(folder / "home-alone", *wanted(folder, alone, target)))
    seconds = time.time() - seconds
    home = folder / "home"
    jobs = home / "jobs"
    reader = Reader(folder)
    reader.start()
    process = start(home, *wanted(folder, disturbed, target))
    kills = ended = 0
    while kills < rounds:
        # from the first instants of a process to its last ones
        until = time.time() + chance.uniform(0.05, 1.1 * seconds)
        while time.time() < until and process.poll() is None:
            time.sleep(0.005)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            if kills % 10 == 0:
                print(f"{kills} kills, {reader.read} files read", flush=True)
        else:
            well(process)
            ended += 1
            same(alone, disturbed)
            disturbed.unlink()
        process = next_of(home, jobs, disturbed, folder, target)
    well(process)
    same(alone, disturbed)
    reader.stopped = True
    reader.join()
    for line in reader.wrong[:10]:
        print(line)
    print(f"kill: {kills} kills, {ended + 1} fits ended, the same bytes each time; "
          f"{reader.read} files read while they were written, {len(reader.wrong)} of them broken"
          f"; load {os.getloadavg()[0]:.1f}")
    if reader.wrong:
        sys.exit(1)


def freeze(folder, rounds, chance):
    target, home = folder / "waves.ppm", folder / "home"
    picture(target)
    alone, frozen = folder / "alone.safetensors", folder / "frozen.safetensors"
    seconds = time.time()
    well(start(folder / "home-alone", *wanted(folder, alone, target)))
    seconds = time.time() - seconds
    for _ in range(rounds):
        process = start(home, *wanted(folder, frozen, target), "--json")
        time.sleep(chance.uniform(0.3, 0.9) * seconds)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(FROZEN)
        os.killpg(process.pid, signal.SIGCONT)
        result = json.loads(well(process))
        if result["backend"] != "cpu":
            sys.exit(f"endurance.py: it went on on {result['backend']}")
        same(alone, frozen)
    print(f"freeze: {rounds} fits frozen for {FROZEN} s each ended on cpu with the same bytes"
          f"; load {os.getloadavg()[0]:.1f}")


def next_of(home, jobs, disturbed, folder, target):
    """Goes on with the job that was cut short; a new one where none had come so far."""
    listed = json.loads(well(start(home, "jobs", "--json")))["items"] if jobs.is_dir() else []
    cut = [j["id"] for j in listed if j["state"] not in ("done", "failed")]
    if any(j["state"] == "failed" for j in listed):
        sys.exit(f"endurance.py: a job failed: {listed}")
    if cut:
        return start(home, "resume", cut[-1])
    return start(home, *wanted(folder, disturbed, target))


def same(alone, disturbed):
    if alone.read_bytes() != disturbed.read_bytes():
        sys.exit(f"endurance.py: {disturbed}: other bytes than those of a fit that was left alone")


if __name__ == "__main__":
    main()
