"""One Superset for all tests, over a lake of data-samples, as `recupero dashboards up` makes it.

RECUPERO_TEST_LAKE   a lake of data-samples to 2026-03-31 that is there already; it is not changed
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from reading import Person

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "jobs" / "src" / "test" / "python"))
from sample_lake import make_lake, recupero, rows  # noqa: E402

WORK = ROOT / "target" / "dashboards"
sys.path.insert(0, str(ROOT / "superset" / "server"))

#: How long a query of the tests' server may run.
QUERY_SECONDS = 10

ACCESS = """\
users:
  - {user: admin, role: admin}
  - {user: scientist, role: data_scientist}
  - {user: ana, role: analyst, portfolios: [P1]}
  - {user: berta, role: analyst, portfolios: [P1, P3]}
  - {user: carlos, role: analyst, portfolios: all}
  - {user: nadie, role: analyst, portfolios: [NONE_SUCH]}
"""


class Dashboards:
    """The Superset of the tests."""

    def __init__(self, lake: Path, home: Path, port: int, access: Path) -> None:
        self.lake, self.home, self.port = lake, home, port
        self._options = ["--home", str(home), "--lake", str(lake), "--port", str(port), "--access", str(access)]
        self.engine: tuple[str, ...] = ()
        self.passwords: dict[str, str] = {}
        self.seconds = QUERY_SECONDS

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self, *more: str, fails: bool = False) -> str:
        done = recupero(
            "dashboards", "up", *self._options, *self.engine, *more, fails=fails, RECUPERO_QUERY_SECONDS=str(self.seconds)
        )
        for line in done.stdout.splitlines():
            if "\t" in line:
                user, password = line.split("\t")
                self.passwords[user] = password
        return done.stdout + done.stderr

    def down(self) -> str:
        return recupero("dashboards", "down", "--home", str(self.home)).stderr

    def person(self, name: str) -> Person:
        return Person(self.url, name, self.passwords[name])

    def kpi(self, *ids: str, **options: str) -> list[dict[str, str]]:
        """Returns what `recupero kpi` says: rows of kpi, as_of, dimensions, value."""
        words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", value)]
        return rows("kpi", *ids, "--lake", str(self.lake), *words)


@pytest.fixture(scope="session")
def dashboards() -> Any:
    WORK.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("RECUPERO_TEST_LAKE")
    lake = WORK / "lake"
    shutil.rmtree(lake, ignore_errors=True)
    if given:
        shutil.copytree(given, lake)
    else:
        make_lake(lake)
    home = emptied(WORK / "home")
    access = WORK / "access.yaml"
    access.write_text(ACCESS, encoding="utf-8")
    it = Dashboards(lake, home, free_port(), access)
    try:
        it.first_words = it.up()
        yield it
    finally:
        it.down()


@pytest.fixture(scope="session")
def spark_dashboards(dashboards: Any) -> Any:
    """Another one over the same lake, through a Spark Thrift Server at `spark_port`.

    Its statements have an end after so many `seconds`.
    """
    home = emptied(WORK / "spark-home")
    if not (home / "venv").exists():  # most of the packages are the same
        shutil.copytree(dashboards.home / "venv", home / "venv", symlinks=True, copy_function=os.link)
        for stamp in (home / "venv").glob("*.installed"):  # written in place: the other home's would change too
            stamp.unlink()
    port = free_port()
    it = Dashboards(dashboards.lake, home, free_port(), WORK / "access.yaml")
    it.engine = ("--engine", "spark", "--spark-port", str(port))
    it.spark_port, it.seconds = port, 60
    try:
        it.up()
        yield it
    finally:
        it.down()


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def engine(request: Any) -> str:
    """What answers the queries; tests that have it are run with each."""
    return request.param


@pytest.fixture(scope="module")
def either(engine: str, request: Any) -> Any:
    """The Superset of each engine in turn."""
    return request.getfixturevalue("dashboards" if engine == "duckdb" else "spark_dashboards")


def emptied(home: Path) -> Path:
    """Takes all away but the installed packages, which may stay from the last time."""
    if (home / "server.pid").exists():  # of tests that were broken off
        recupero("dashboards", "down", "--home", str(home))
    for old in home.glob("*") if home.exists() else []:
        if old.name != "venv":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    return home


@pytest.fixture(scope="session")
def chromium() -> Any:
    """A browser; where there is none, the tests that need it are skipped, and it is said at the end."""
    from recupero_browser import NoChromium, browser

    try:
        with browser() as started:
            yield started
    except NoChromium as missing:
        pytest.skip(f"NOT TESTED, no browser: {missing}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "NOT TESTED" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line("")
        terminalreporter.write_line("*" * 78, red=True)
        terminalreporter.write_line(
            f"{len(skipped)} tests of dashboards were NOT RUN: there is no Chromium, and none could be installed.",
            red=True,
            bold=True,
        )
        terminalreporter.write_line("Install one (Debian, Ubuntu: apt install chromium) and repeat.", red=True)
        terminalreporter.write_line("*" * 78, red=True)
