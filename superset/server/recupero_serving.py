"""Superset's way to the serving file of a lake: one DuckDB per process, always of one release.

Superset makes a connection for each query. A DuckDB that is opened anew each time knows nothing of
the files it read a moment ago; one that is kept answers a chart in a few milliseconds. A new release
is a new file in the old one's place, so what is kept is given up when the file is another.

Within one request all queries go to the same release, whatever happens to the file meanwhile: a
chart of two queries shows one release or the other, never some of both.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper
from flask import g, has_request_context

#: The files that views read, as the publisher writes them into `read_parquet([...])`.
_PARQUET = re.compile(r"'((?:[^']|'')+\.parquet)'")

SERVING_FILE = "recupero.duckdb"

#: The variable that holds the password of the Spark Thrift Server.
_SECRET = "RECUPERO_SPARK_SECRET"

Stamp = tuple[int, int, int]


class ServingFileMissing(Exception):
    """There is no release to show, or the file of it is gone."""


class Release:
    """The open DuckDB of one release: views, and the right to read their files and no others."""

    def __init__(self, stamp: Stamp, connection: duckdb.DuckDBPyConnection) -> None:
        self.stamp = stamp
        self._connection = connection

    @property
    def key(self) -> str:
        """What tells this release from all others, for the keys of caches."""
        return "-".join(f"{part:x}" for part in self.stamp)

    def connect(self) -> ConnectionWrapper:
        """Returns a connection of its own over the shared database; closing it closes it alone."""
        return ConnectionWrapper(self._connection.cursor())

    @staticmethod
    def open(path: Path, folder: Path | None = None) -> "Release":
        # A private copy is opened: what is read and what its stamp says are then one file, even
        # where a release is published in between, and DuckDB, which gives one database per path,
        # can hold the old release and the new one at once.
        try:
            source = open(path, "rb")
        except FileNotFoundError as missing:
            raise ServingFileMissing(
                f"Cannot read the figures: {path} does not exist. It is made by `recupero run`; "
                "start the dashboards again with `recupero dashboards up` if the lake has moved."
            ) from missing
        handle, copy = tempfile.mkstemp(suffix=".duckdb", dir=folder)
        try:
            with source, os.fdopen(handle, "wb") as target:
                stamp = _stamp(os.fstat(source.fileno()))
                shutil.copyfileobj(source, target, 1 << 20)
            return Release(stamp, _locked_down(copy))
        finally:
            os.unlink(copy)


def _locked_down(path: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(path, read_only=True)
    files = sorted(
        {
            file.replace("''", "'")
            for (sql,) in connection.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
            for file in _PARQUET.findall(sql)
        }
    )
    threads = os.environ.get("RECUPERO_DUCKDB_THREADS")
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    connection.execute(f"SET memory_limit = '{os.environ.get('RECUPERO_DUCKDB_MEMORY', '1GB')}'")
    connection.execute("SET temp_directory = ''")
    # Those files and nothing else: no other file, no network, no extension, no ATTACH, no COPY.
    connection.execute("SET allowed_paths = [" + ", ".join("'" + f.replace("'", "''") + "'" for f in files) + "]")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size


class Serving:
    """The serving file of a lake."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._open: Release | None = None

    def release(self) -> Release:
        """Returns the release of this request; outside of one, the newest."""
        if not has_request_context():
            return self._newest()
        pinned: dict[Path, Release] = g.setdefault("recupero_releases", {})
        if self._path not in pinned:
            pinned[self._path] = self._newest()
        return pinned[self._path]

    def connect(self) -> ConnectionWrapper:
        return self.release().connect()

    def _newest(self) -> Release:
        with self._lock:
            try:
                now = _stamp(os.stat(self._path))
            except FileNotFoundError:
                now = None
            if self._open is None or self._open.stamp != now:
                # Requests that still read the former release hold it; it closes with the last.
                self._open = Release.open(self._path)
            return self._open


_SERVING: dict[str, Serving] = {}
_GUARD = threading.Lock()


def serving(path: str | Path) -> Serving:
    """Returns the one of a path that all of this process share."""
    with _GUARD:
        return _SERVING.setdefault(str(path), Serving(path))


def use_kept_connection(uri: Any, params: dict[str, Any], *_: Any) -> tuple[Any, dict[str, Any]]:
    """Superset's DB_CONNECTION_MUTATOR: queries of DuckDB databases go through the kept connection.

    The lake's serving file is the one that this server was started with, wherever the dashboards
    were written. A DuckDB that an administrator adds by hand is locked down too.
    """
    if uri.drivername.startswith("duckdb"):
        path = uri.database or ""
        if os.path.basename(path) == SERVING_FILE:
            path = os.environ.get("RECUPERO_SERVING", path)
        params = {key: value for key, value in params.items() if key != "connect_args"}
        params["creator"] = serving(path).connect
    elif uri.drivername.startswith("hive") and uri.host == "127.0.0.1" and _SECRET in os.environ:
        # The Spark Thrift Server that was started with this server lets in nobody else.
        known = {"password": os.environ[_SECRET], "auth": "CUSTOM"}
        params = {**params, "connect_args": {**params.get("connect_args", {}), **known}}
    return uri, params
