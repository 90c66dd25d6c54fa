"""How long queries of DuckDB may run, how many at once, and with how much memory.

A client that leaves stops nothing: the query goes on. So every query has an end here, and what
people type has a place of its own, beside that of the dashboards' own charts, which so answer
whatever runs there.
"""

from __future__ import annotations

import fcntl
import logging
import os
import resource
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper, CursorWrapper
from flask import g, has_request_context

#: Seconds that the queries of one request may run altogether.
SECONDS = float(os.environ.get("RECUPERO_QUERY_SECONDS") or 60)
CORES = len(os.sched_getaffinity(0))
#: A request of the program's own charts, which the security manager marks.
OWN = "recupero_own"
#: Seconds that an interrupted query has to end; some functions do not look until they are through.
_GRACE = 10.0
_POLL = 0.02


class QueryStopped(duckdb.Error):
    """A query was ended, or not begun, because of what it would take from all others."""


def memory() -> str:
    """Returns the memory of one DuckDB, as DuckDB's settings say it."""
    return os.environ.get("RECUPERO_DUCKDB_MEMORY") or "1GB"


def limit_memory() -> None:
    """Limits the memory that this process may add to what it has: that of its two DuckDBs, and 1 GiB.

    DuckDB's own limit does not count everything: a single string or list of a query may be larger.
    """
    megabytes = duckdb.sql(f"SELECT parse_formatted_bytes('{memory()}')").fetchall()[0][0] >> 20
    status = Path("/proc/self/status").read_text(encoding="ascii")
    now = next(int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmData"))
    most = (now + 2 * megabytes + 1024) << 20
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def is_own() -> bool:
    """Tells whether a query is of the dashboards' own charts; only the security manager can say so."""
    return "RECUPERO_SUPERSET_HOME" not in os.environ or (has_request_context() and bool(g.get(OWN, False)))


class Slots:
    """So many places for queries, over all processes of a server; a dead one's place is free again."""

    def __init__(self, name: str, count: int = CORES) -> None:
        home = os.environ.get("RECUPERO_SUPERSET_HOME")
        self._folder = Path(home or tempfile.gettempdir()) / (f"slots-{os.getuid()}" if not home else "slots")
        self._names = [f"{name}-{number}" for number in range(count)]

    @contextmanager
    def one(self, seconds: float) -> Iterator[None]:
        """Takes a place; waits for it, but not longer than so many seconds."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        until = time.monotonic() + seconds
        while (taken := self._take()) is None:
            if time.monotonic() > until:
                raise QueryStopped(
                    f"Not begun: for {seconds:g} seconds as many queries were under way as this machine has cores. "
                    "Repeat it later."
                )
            time.sleep(_POLL)
        try:
            yield
        finally:
            os.close(taken)

    def _take(self) -> int | None:
        for name in self._names:
            handle = os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except BlockingIOError:
                os.close(handle)
        return None


class Budget:
    """The time that queries may still take."""

    def __init__(self, seconds: float) -> None:
        self._whole = self._left = seconds

    @staticmethod
    def of_request() -> "Budget":
        """Returns that of the request, so that many queries in one get no more time than one alone."""
        if not has_request_context():
            return Budget(SECONDS)
        if "recupero_budget" not in g:
            g.recupero_budget = Budget(SECONDS)
        return g.recupero_budget

    @contextmanager
    def running(self, connection: Any, slots: Slots) -> Iterator[None]:
        """Lets one step of a query run in a place of its own, and stops it when the time is over."""
        with slots.one(self._whole):
            if self._left <= 0:
                raise QueryStopped(self._why())
            watch = _Watch(connection, self._left)
            begin = time.monotonic()
            try:
                yield
            except duckdb.InterruptException as interrupted:
                raise QueryStopped(self._why()) from interrupted
            finally:
                watch.over()
                self._left -= time.monotonic() - begin

    def _why(self) -> str:
        return (
            f"Stopped after {self._whole:g} seconds, the longest that the queries of one request may run "
            "(RECUPERO_QUERY_SECONDS). Ask for fewer rows or columns, or group them first."
        )


class _Watch:
    """Interrupts a query at its end of time. Where that does not help, this process ends."""

    def __init__(self, connection: Any, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds
        self._over = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._run, name="recupero-watch", daemon=True).start()

    def over(self) -> None:
        with self._lock:  # an interrupt that comes late would hit what runs next
            self._over.set()

    def _run(self) -> None:
        if self._over.wait(self._seconds):
            return
        with self._lock:
            if not self._over.is_set():
                self._connection.interrupt()
        if not self._over.wait(_GRACE):
            # Its server starts another process; nothing else gives the core back.
            logging.getLogger(__name__).critical(
                "A query of DuckDB did not stop within %g s of being interrupted: the process ends", _GRACE
            )
            os.kill(os.getpid(), signal.SIGKILL)


class LimitedConnection(ConnectionWrapper):
    """A connection whose queries have a place among so many, and an end."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, slots: Slots, hidden: tuple[str, ...]) -> None:
        super().__init__(connection)
        self._connection, self._slots, self._hidden = connection, slots, hidden

    def cursor(self) -> "_Cursor":
        return _Cursor(self._connection, self)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Lets a step of a query run; where it fails, readers see no folder of this machine."""
        try:
            with Budget.of_request().running(self._connection, self._slots):
                yield
        except duckdb.Error as problem:
            told = str(problem)
            for folder in self._hidden:
                told = told.replace(folder, "...")
            if told == str(problem):
                raise
            logging.getLogger(__name__).warning("%s", problem)
            raise type(problem)(told) from None


class _Cursor(CursorWrapper):
    def __init__(self, connection: Any, limited: LimitedConnection) -> None:
        super().__init__(connection, limited)
        self._connection, self._running = connection, limited.running

    def execute(self, *arguments: Any, **more: Any) -> None:
        with self._running():
            super().execute(*arguments, **more)

    def executemany(self, *arguments: Any, **more: Any) -> None:
        with self._running():
            super().executemany(*arguments, **more)

    # DuckDB answers in pieces: what follows the first is worked out when it is asked for.

    def fetchone(self) -> Any:
        with self._running():
            return self._connection.fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        with self._running():
            return super().fetchmany(size)

    def fetchall(self) -> list[Any]:
        with self._running():
            return self._connection.fetchall()
