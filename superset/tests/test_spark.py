"""The same dashboards from a Spark Thrift Server say what DuckDB says; only the database is another.

RECUPERO_TEST_SPARK=all   every metric of every dataset, some minutes; else one question of each kind
"""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import recupero

#: What charts of each kind ask: ratios, curves, customers counted, invoices behind a bar, texts.
ASKED = [
    ("balance_es", ["delinquency_index", "sum_open_amount"], ["currency", "bucket_label"]),
    ("flow_trend_en", ["recovery_rate"], ["currency", "close"]),
    ("recovery_en", ["days_to_recover_median", "days_to_recover_median_low"], ["currency", "segment"]),
    ("cure_es", ["cure_rate"], ["segment"]),
    ("invoices_en", ["sum_open_amount", "longest_dpd"], ["currency", "bucket_label"]),
]


def questions(admin: Any) -> list[tuple[str, list[str], list[str]]]:
    if os.environ.get("RECUPERO_TEST_SPARK") != "all":
        return ASKED
    found = []
    for name, number in sorted(admin.datasets().items()):
        dataset = admin.json(f"/api/v1/dataset/{number}")["result"]
        columns = {column["column_name"] for column in dataset["columns"]}
        by = sorted(columns & {"currency", "close", "curve_day", "cohort", "segment", "from_label", "to_label"})
        found.append((name, [metric["metric_name"] for metric in dataset["metrics"]], by))
    return found


def answers(admin: Any, asked: list[tuple[str, list[str], list[str]]]) -> dict[str, list[dict[str, Any]]]:
    numbers = admin.datasets()
    said = {}
    for name, metrics, by in asked:
        columns = {it["column_name"] for it in admin.json(f"/api/v1/dataset/{numbers[name]}")["result"]["columns"]}
        at = [{"col": "as_of", "op": "==", "val": "2026-03-31"}] if "as_of" in columns else []
        rows = admin.rows(numbers[name], columns=by, metrics=metrics, filters=at, row_limit=10_000)
        for row in rows:  # DuckDB's driver gives dates as moments, Hive's as texts
            if isinstance(row.get("close"), (int, float)):
                row["close"] = f"{datetime.fromtimestamp(row['close'] / 1000, UTC):%Y-%m-%d}"
        said[name] = sorted(rows, key=lambda row: [str(row[column]) for column in by])
    return said


def test_spark_says_what_duckdb_says(dashboards: Any, spark_dashboards: Any) -> None:
    admin = dashboards.person("admin")
    asked = questions(admin)
    expected = answers(admin, asked)
    assert all(expected[name] for name, _, _ in ASKED)
    admin = spark_dashboards.person("admin")
    assert "hive+recupero://" in str(admin.json("/api/v1/database/1/connection")["result"]["sqlalchemy_uri"])
    found = answers(admin, asked)
    for name, rows in expected.items():
        assert len(found[name]) == len(rows), name
        for one, other in zip(found[name], rows, strict=True):
            assert one.keys() == other.keys()
            for column, value in other.items():
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    assert float(one[column]) == pytest.approx(float(value), rel=1e-9, abs=1e-9), (name, column, other)
                else:
                    assert one[column] == value, (name, column, other)


def test_nobody_comes_in_past_the_dashboards(spark_dashboards: Any) -> None:
    # Whoever does not know the server's password does not come in, nor does an analyst's SQL.
    with pytest.raises(Exception, match="(?i)auth|password|SASL|peer|transport"):
        stranger(spark_dashboards, spark_dashboards.spark_port)
    assert spark_dashboards.person("ana").sql("SELECT 1").status_code in (403, 404)


def test_a_superset_without_the_dialect_is_refused(dashboards: Any, tmp_path: Path) -> None:
    if list(dashboards.home.glob("venv/lib/*/site-packages/pyhive")):
        pytest.skip("the packages of this home are of an earlier time, when it was one for Spark")
    given = ["--url", dashboards.url, "--user", "admin", "--lake", str(dashboards.lake)]
    known = {"RECUPERO_SUPERSET_PASSWORD": dashboards.passwords["admin"]}
    said = recupero("dashboards", "import", *given, "--engine", "spark", fails=True, **known).stderr
    assert "import recupero_hive" in said
    out = tmp_path / "assets"
    recupero("dashboards", "export", "--uri", "hive://u@example/x", "--lake", str(dashboards.lake), "--out", str(out))
    [database] = (out / "databases").glob("*.yaml")
    assert "hive+recupero://u@example/x" in database.read_text(encoding="utf-8")
    database.write_text(database.read_text(encoding="utf-8").replace("hive+recupero://", "hive://"), encoding="utf-8")
    said = recupero("dashboards", "import", *given, "--assets", str(out), fails=True, **known).stderr
    assert "Write hive+recupero:// instead" in said


def test_another_engine_and_down_stop_it(spark_dashboards: Any) -> None:
    port, home = spark_dashboards.spark_port, spark_dashboards.home
    spark_dashboards.engine = ()
    spark_dashboards.up()
    assert not (home / "spark.pid").exists()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def stranger(dashboards: Any, port: int) -> None:
    """Connects as somebody of this machine would, with the Python of the dashboards."""
    said = subprocess.run(
        [
            str(dashboards.home / "venv" / "bin" / "python"),
            "-c",
            "from pyhive import hive; import sys; "
            f"hive.connect('127.0.0.1', {port}, username='recupero', password='guess', auth='CUSTOM').cursor().execute('SELECT 1')",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise PermissionError(said.stderr[-2000:])
