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
from typing import IO, Any

import duckdb
from flask import g, has_request_context
from recupero_queries import LimitedConnection, Slots, is_own, memory
from recupero_sql import Catalog

#: The files that views read, as the publisher writes them into `read_parquet([...])`.
_PARQUET = re.compile(r"'((?:[^']|'')+\.parquet)'")

SERVING_FILE = "recupero.duckdb"

#: The variable that holds the password of the Spark Thrift Server.
_SECRET = "RECUPERO_SPARK_SECRET"

Stamp = tuple[int, int, int]


class ServingFileMissing(Exception):
    """There is no release to show, or the file of it is gone."""


class Release:
    """The open DuckDB of one release: views, and the right to read their files and no others.

    What people type has a DuckDB beside that of the dashboards' own charts: memory of its own, and a
    thread a query.
    """

    def __init__(self, stamp: Stamp, copy: IO[bytes], folder: Path | None) -> None:
        self.stamp = stamp
        self._copy, self._folder = copy, folder
        self._lock = threading.Lock()
        self._own = _locked_down(copy, folder, os.environ.get("RECUPERO_DUCKDB_THREADS"))
        folders = [os.path.dirname(file) for file in _files(self._own)]
        self._hidden = (*([os.path.commonpath(folders)] if folders else []), str(folder or tempfile.gettempdir()))
        self._typed: duckdb.DuckDBPyConnection | None = None
        self._catalog = Catalog(self._own)

    def check(self, sql: str) -> None:
        """Refuses SQL that reads more than the tables of the release."""
        self._catalog.check(self._own.cursor(), sql)

    @property
    def key(self) -> str:
        """What tells this release from all others, for the keys of caches."""
        return "-".join(f"{part:x}" for part in self.stamp)

    def connect(self) -> LimitedConnection:
        """Returns a connection of its own over the shared database; closing it closes it alone."""
        if is_own():
            return LimitedConnection(self._own.cursor(), Slots("own"), self._hidden)
        with self._lock:
            if self._typed is None:
                self._typed = _locked_down(self._copy, self._folder, "1")
        return LimitedConnection(self._typed.cursor(), Slots("typed"), self._hidden)

    @staticmethod
    def open(path: Path, folder: Path | None = None) -> "Release":
        # A private copy is kept: what is read and what its stamp says are then one file, even where
        # a release is published in between.
        try:
            source = open(path, "rb")
        except FileNotFoundError as missing:
            raise ServingFileMissing(
                "Cannot read the figures: the serving file of the lake does not exist. It is made by `recupero "
                "run`; start the dashboards again with `recupero dashboards up` if the lake has moved."
            ) from missing
        copy = tempfile.TemporaryFile(dir=folder)
        with source:
            stamp = _stamp(os.fstat(source.fileno()))
            shutil.copyfileobj(source, copy, 1 << 20)
        return Release(stamp, copy, folder)


def _locked_down(copy: IO[bytes], folder: Path | None, threads: str | None) -> duckdb.DuckDBPyConnection:
    # DuckDB gives one database per path; under a path of its own each is another.
    handle, path = tempfile.mkstemp(suffix=".duckdb", dir=folder)
    try:
        with os.fdopen(handle, "wb") as target:
            copy.seek(0)
            shutil.copyfileobj(copy, target, 1 << 20)
        connection = duckdb.connect(path, read_only=True)
    finally:
        os.unlink(path)
    files = _files(connection)
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    connection.execute(f"SET memory_limit = '{memory()}'")
    connection.execute("SET temp_directory = ''")
    # Those files and nothing else: no other file, no network, no extension, no ATTACH, no COPY.
    connection.execute("SET allowed_paths = [" + ", ".join("'" + f.replace("'", "''") + "'" for f in files) + "]")
    # Nor variables of this program, whose names a query could guess.
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _files(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Returns the files that the views of the release read."""
    views = connection.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
    return sorted({file.replace("''", "'") for (sql,) in views for file in _PARQUET.findall(sql)})


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

    def connect(self) -> LimitedConnection:
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


def check_sql(sql: str, database: Any = None, **_: Any) -> str:
    """Superset's SQL_QUERY_MUTATOR: gives SQL of charts and of SQL Lab back, where it may be answered."""
    uri = database.url_object if database is not None else None
    if uri is not None and uri.drivername.startswith("duckdb"):
        try:
            release = serving(_path(uri)).release()
        except ServingFileMissing as missing:
            raise _shown(missing) from missing
        release.check(sql)
    return sql


def _shown(problem: Exception) -> Exception:
    """Returns an error whose message Superset shows: it asks its mutator outside its own handling."""
    from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
    from superset.exceptions import SupersetErrorException

    return SupersetErrorException(
        SupersetError(str(problem), SupersetErrorType.GENERIC_DB_ENGINE_ERROR, ErrorLevel.ERROR)
    )


def use_kept_connection(uri: Any, params: dict[str, Any], *_: Any) -> tuple[Any, dict[str, Any]]:
    """Superset's DB_CONNECTION_MUTATOR: queries of DuckDB databases go through the kept connection.

    The lake's serving file is the one that this server was started with, wherever the dashboards
    were written. A DuckDB that an administrator adds by hand is locked down too.
    """
    if uri.drivername.startswith("duckdb"):
        params = {key: value for key, value in params.items() if key != "connect_args"}
        params["creator"] = serving(_path(uri)).connect
    elif uri.drivername.startswith("hive") and uri.host == "127.0.0.1" and _SECRET in os.environ:
        # The Spark Thrift Server that was started with this server lets in nobody else.
        # Nor does it take settings, which a connection could bring along.
        params = {**params, "connect_args": {"password": os.environ[_SECRET], "auth": "CUSTOM"}}
        uri = uri.set(query={})
    return uri, params


def _path(uri: Any) -> str:
    path = uri.database or ""
    return os.environ.get("RECUPERO_SERVING", path) if os.path.basename(path) == SERVING_FILE else path
