"""A lake of Recupero for notebooks: the program's own jobs, called from Python.

Nothing is defined here. Figures, features, outcomes and segments are asked of the program
(package io.recupero.notebook), so that they mean what they mean everywhere else.

    import recupero_lake
    lake = recupero_lake.open()                      # RECUPERO_LAKE, else lake/ of the program
    lake.kpi("delinquency_index", by="segment")      # a pandas frame
    lake.sql("SELECT * FROM gold.strategy_effect")   # a Spark frame; .toPandas() fetches it
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Iterable

import pandas as pd

PROGRAM = Path(__file__).resolve().parents[1]

#: The rules that decide segments, as they are in the repository.
OFFICIAL_RULES = PROGRAM / "schemas" / "rules" / "segments.yaml"

_PORT, _SECRET = "PYSPARK_GATEWAY_PORT", "PYSPARK_GATEWAY_SECRET"


class GatewayError(RuntimeError):
    """The program could not be started."""


class NothingToShow(Exception):
    """A lake has nothing of what a notebook is about. It ends there, which is no failure."""


def open(path: str | os.PathLike[str] | None = None, release: int | None = None) -> Lake:
    """Opens a release of a lake; the current one where none is named."""
    folder = Path(path or os.environ.get("RECUPERO_LAKE") or PROGRAM / "lake").resolve()
    gateway = _gateway(folder)
    return Lake(folder, gateway.entry_point.open(str(folder), release), gateway)


def start_gateway(folder: Path) -> subprocess.Popen[str] | None:
    """Starts the program, and lets this process and those that it starts find it.

    It ends when this process does. Where one is known already, nothing is started.
    """
    if _PORT in os.environ:
        return None
    log = tempfile.TemporaryFile("w+")
    started = subprocess.Popen(
        [str(PROGRAM / "recupero"), "notebooks", "gateway", "--lake", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        # Ctrl-C and "interrupt kernel" are for the cell that runs, not for the program.
        start_new_session=True,
    )
    assert started.stdout is not None
    line = started.stdout.readline()
    if not line:
        started.wait()
        log.seek(0)
        raise GatewayError(f"Cannot start {PROGRAM / 'recupero'}:\n{log.read()[-2000:]}")
    door = json.loads(line)
    os.environ[_PORT], os.environ[_SECRET] = str(door["port"]), door["secret"]

    def end() -> None:
        if started.stdin is not None:
            started.stdin.close()
        started.wait(timeout=20)

    atexit.register(end)
    return started


class Lake:
    """One release of a lake. Every table is read at the version that the release names."""

    def __init__(self, folder: Path, java: Any, gateway: Any) -> None:
        self.folder = folder
        self._java = java
        self._segments = java.segments()
        self.spark = _session(java.spark(), gateway)

    def __repr__(self) -> str:
        return f"release {self.release} of a lake, computed to {self.as_of:%Y-%m-%d}"

    @property
    def release(self) -> int:
        """The number of the release."""
        return int(self._java.release())

    @property
    def as_of(self) -> pd.Timestamp:
        """The date that its figures are computed to."""
        return pd.Timestamp(self._java.asOf())

    @property
    def tables(self) -> list[str]:
        """The names of its tables."""
        return list(self._java.tables())

    def closes(self, months: int) -> list[str]:
        """The closes of the last so many whole months, oldest first, as ISO dates."""
        last = self.as_of + pd.offsets.MonthEnd(0)
        last = last if last == self.as_of else last - pd.offsets.MonthEnd(1)
        return [f"{close:%Y-%m-%d}" for close in pd.date_range(end=last, periods=months, freq="ME")]

    def table(self, name: str) -> Any:
        """A table, as a Spark frame."""
        return self._frame(self._java.table(name))

    def sql(self, query: str) -> Any:
        """The rows of a query that changes nothing, as a Spark frame; tables by their full names."""
        return self._frame(self._java.sql(query))

    def kpi(
        self,
        *ids: str,
        as_of: str | Iterable[str] | None = None,
        by: str | Iterable[str] = (),
        to: str | None = None,
        where: str | None = None,
        known_at: str | None = None,
        exact: bool = False,
    ) -> pd.DataFrame:
        """Figures as `./recupero kpi` tells them, a row a figure, date and group.

        to      the currency to convert amounts to
        exact   decimals as Decimal, digit by digit as the command prints them; else as floats
        """
        return _table(
            self._java.kpi(list(ids), _listed(as_of), _listed(by), to, where, known_at), exact
        )

    def curve(self, by: str | None = None, until: int = 180, step: int = 5, where: str = "true") -> pd.DataFrame:
        """Percent paid by so many days after the due date, with 95 % limits, at the release's date.

        Of what was not paid by its due date, each document as one (Aalen-Johansen): at 30, 60, 90
        and 180 days the KPIs days_to_recover_paid_by_30 and so on. Empty where nobody knows yet.
        """
        group = by or "'all'"
        return self.sql(f"""
            WITH exits AS (
              SELECT {group} AS grp, ended_by,
                     IF(ended_by = 'open', {(self.as_of - pd.Timestamp(0)).days} - days, days) AS seen,
                     SUM(exit_count) AS documents
              FROM gold.recovery_daily
              WHERE day <= DATE'{self.as_of:%Y-%m-%d}' AND ({where})
              GROUP BY ALL HAVING SUM(exit_count) <> 0
            ), curves AS (
              SELECT grp, SUM(documents) AS documents, curve(seen, ended_by, documents) AS line
              FROM exits GROUP BY grp
            )
            SELECT grp AS {by or "of"}, documents, day,
                   100 * paid_by(line, day) AS paid,
                   100 * paid_by_low(line, day) AS low,
                   100 * paid_by_high(line, day) AS high
            FROM curves LATERAL VIEW explode(sequence(0, {until}, {step})) AS day
            ORDER BY grp, day""").toPandas()

    def features(self, *dates: str) -> Any:
        """What was known of each customer at the close of these days: a Spark frame."""
        return self._frame(self._segments.features(self._dates(dates)))

    def feature_cards(self) -> pd.DataFrame:
        """What each feature means."""
        return _table(self._segments.cards(), False)

    def training(self, *dates: str, of: str = "customers") -> Any:
        """Features at these dates beside what came after: `customers`, or `documents` open then.

        Outcomes of windows that were not over at the release's date are empty: leave them out.
        """
        at = self._dates(dates)
        features, outcomes = self._segments.features(at), self._segments.outcomes(at)
        join = self._segments.trainingDocuments if of == "documents" else self._segments.trainingCustomers
        return self._frame(join(features, outcomes))

    def assign(self, features: Any, rules: str | os.PathLike[str] | None = None) -> Any:
        """Features with the column `segment`: by a file of rules, else by the official ones."""
        return self._frame(self._segments.assign(features._jdf, _path(rules)))

    def rules(self, rules: str | os.PathLike[str] | None = None, on: Any = None) -> pd.DataFrame:
        """The segments in force on a day, in the order in which they are tried.

        on      the day; without it the one after the release's date
        """
        day = self.as_of + pd.Timedelta(days=1) if on is None else pd.Timestamp(on)
        return _table(self._segments.rules(_path(rules), f"{day:%Y-%m-%d}"), False)

    def compare(
        self,
        a: str | os.PathLike[str] | None,
        b: str | os.PathLike[str] | None,
        as_of: str | None = None,
    ) -> dict[str, pd.DataFrame]:
        """`./recupero segments compare`: its tables by name. None stands for the official rules."""
        made = self._segments.compare(_path(a), _path(b), as_of)
        return {name: _table(made[name], False) for name in made}

    def _dates(self, dates: tuple[str, ...]) -> list[str]:
        return list(dates) or [f"{self.as_of:%Y-%m-%d}"]

    def _frame(self, java: Any) -> Any:
        from pyspark.sql import DataFrame

        return DataFrame(java, self.spark)


def _gateway(folder: Path) -> Any:
    from pyspark import SparkContext

    if SparkContext._gateway is not None:
        return SparkContext._gateway
    start_gateway(folder)
    from pyspark.java_gateway import launch_gateway

    return launch_gateway()


def _session(java: Any, gateway: Any) -> Any:
    """The program's session, as pyspark knows it."""
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if SparkContext._active_spark_context is None:
        context = gateway.jvm.org.apache.spark.api.java.JavaSparkContext(java.sparkContext())
        SparkContext(gateway=gateway, jsc=context, conf=SparkConf(_jconf=context.getConf()))
    session = SparkSession(SparkContext._active_spark_context, java)
    # Without it toPandas takes a table row by row.
    session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
    return session


def _listed(one_or_more: str | Iterable[str] | None) -> list[str]:
    if one_or_more is None:
        return []
    return [one_or_more] if isinstance(one_or_more, str) else [str(it) for it in one_or_more]


def _path(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else str(Path(path).resolve())


def _table(text: str, exact: bool) -> pd.DataFrame:
    made = json.loads(text, parse_float=Decimal if exact else float)
    frame = pd.DataFrame(made["rows"], columns=made["columns"])
    for column in made["dates"]:
        frame[column] = pd.to_datetime(frame[column])
    return frame
