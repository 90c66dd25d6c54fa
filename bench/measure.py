"""Runs a command and measures it with all its children: wall time, processor time, peak memory."""

import dataclasses
import os
import pathlib
import signal
import subprocess
import time

import psutil

TICK = 0.05


class Failed(Exception):
    """A command ended badly or not in time; says which, and its last words."""


@dataclasses.dataclass
class Measured:
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def run(command: list[str], *, cores: list[int] | None = None, env: dict[str, str] | None = None, timeout: float = 7200) -> Measured:
    """Runs a command on the given cores (default: all); raises Failed with its last words if it fails.

    Peak memory is that of the whole tree: the resident sizes of all processes added up at each tick, so
    pages that processes share count once for each. It is never below what it was, by at most a tick.
    """
    def on_cores():
        if cores is not None:
            os.sched_setaffinity(0, cores)

    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}, preexec_fn=on_cores, start_new_session=True)
    os.set_blocking(process.stdout.fileno(), False)
    output, peak, cpu = b"", 0, {}
    tree = psutil.Process(process.pid)
    while True:
        output += process.stdout.read() or b""
        ended = process.poll() is not None
        resident = 0
        try:
            for one in [tree, *tree.children(recursive=True)]:
                try:
                    with one.oneshot():
                        times = one.cpu_times()
                        cpu[one.pid] = times.user + times.system
                        if one.pid == tree.pid or not is_copy(one):
                            resident += one.memory_info().rss
                except psutil.Error:
                    continue
        except psutil.Error:
            pass
        peak = max(peak, resident)
        if ended:
            break
        if time.monotonic() - begun > timeout:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise Failed(f"Cannot measure {' '.join(command)}: it took more than {timeout:.0f} s.")
        time.sleep(TICK)
    seconds = time.monotonic() - begun
    output += process.stdout.read() or b""
    text = output.decode(errors="replace")
    if process.returncode != 0:
        raise Failed(f"Cannot measure {' '.join(command)}: it ended with code {process.returncode}.\n" + "\n".join(text.splitlines()[-25:]))
    return Measured(seconds, sum(cpu.values()), peak, text)


def is_copy(process: psutil.Process) -> bool:
    """Whether it was just forked and is about to become another program: its memory is its parent's."""
    return time.time() - process.create_time() < 1 and process.exe() == (process.parent() or process).exe()


def machine() -> dict:
    """Returns what the figures were measured on."""
    model = "unknown"
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    system = os.uname()
    return {
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{system.sysname} {system.release} {system.machine}",
        "load_before": round(os.getloadavg()[0], 2),
    }
