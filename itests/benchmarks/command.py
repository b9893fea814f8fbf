"""./kernfield as a whole process, seen from outside."""

import dataclasses
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT.parent / "shared/data"
PROGRAM = ROOT / "kernfield"


@dataclasses.dataclass
class Run:
    """What a command printed, its wall clock and processor time in seconds, its memory in MB."""

    told: dict
    seconds: float
    processor: float
    peak: float


def build():
    """Builds the distribution if it is older than its sources, so that nothing timed does."""
    subprocess.run([PROGRAM, "version"], check=True, stdout=subprocess.DEVNULL)


def environment(home=None, options=None):
    changed = {}
    if home is not None:
        changed["KERNFIELD_HOME"] = str(home)
    if options is not None:
        changed["KERNFIELD_JVM_OPTIONS"] = options
    return os.environ | changed


def run(*words, home=None, options=None):
    """Runs it to its end; `home` is its KERNFIELD_HOME, `options` are those of the JVM."""
    return Running(*words, home=home, options=options).end()


class Running:
    """A command that runs, with `--json`."""

    def __init__(self, *words, home=None, options=None):
        self.words = [str(word) for word in words]
        self.out, self.err = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, *self.words, "--json"], stdout=self.out, stderr=self.err,
            env=environment(home, options),
        )
        self.ended = None

    def has_ended(self):
        if self.ended is None:
            process, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if process:
                self._keep(status, usage)
        return self.ended is not None

    def end(self):
        """Waits for it; a command that fails ends the measurement."""
        if self.ended is None:
            _, status, usage = os.wait4(self.process.pid, 0)
            self._keep(status, usage)
        status, seconds, usage = self.ended
        if status != 0:
            wrong = (read(self.err).strip() or read(self.out).strip()).splitlines()
            sys.exit(f"{Path(sys.argv[0]).name}: kernfield {' '.join(self.words)}: "
                     f"{wrong[-1] if wrong else f'exit status {status}'}")
        processor = usage.ru_utime + usage.ru_stime
        return Run(json.loads(read(self.out)), seconds, processor, usage.ru_maxrss * 1024 / 1e6)

    def _keep(self, status, usage):
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.ended = self.process.returncode, time.monotonic() - self.begun, usage


def read(file):
    file.seek(0)
    return file.read()


def record(home, job=None):
    """The record of a job that runs, by the names of its fields; empty until there is one.

    It is written anew every few seconds."""
    fields = {}
    for file in Path(home).glob(f"jobs/{job or '*'}/job.properties"):
        for line in file.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            fields[name] = value
        fields["job"] = file.parent.name
    return fields


def machine():
    """One line that says where and when this was measured."""
    try:
        info = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return (f"{name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
            f"{time.strftime('%Y-%m-%d')}")


def load():
    return f"{os.getloadavg()[0]:.1f}"
