"""The program and a lake of data-samples, for tests in Python that need a real one."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def recupero(*arguments: str, fails: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs ./recupero and returns what it said."""
    done = subprocess.run(
        [str(ROOT / "recupero"), *arguments],
        cwd=ROOT,
        env={**os.environ, "RECUPERO_LANG": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if (done.returncode != 0) != fails:
        raise AssertionError(f"recupero {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done


def rows(*arguments: str) -> list[dict[str, str]]:
    """Returns what a command prints as CSV."""
    return list(csv.DictReader(io.StringIO(recupero(*arguments, "--format", "csv").stdout)))


def make_lake(lake: Path) -> None:
    """Makes a lake of data-samples to 2026-03-31."""
    recupero(
        "run", "--input", "data-samples/raw", "--config", "data-samples/recupero.yaml", "--lake", str(lake),
        "--as-of", "2026-03-31", "--arrived-at", "2026-03-31T22:00:00-03:00", "--quiet",
    )  # fmt: skip
