"""The same dashboards from a Spark Thrift Server say what DuckDB says; only the database is another.

RECUPERO_TEST_SPARK=all   every metric of every dataset, some minutes; else one question of each kind
"""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import free_port

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


def test_spark_says_what_duckdb_says_and_down_stops_it(dashboards: Any) -> None:
    admin = dashboards.person("admin")
    asked = questions(admin)
    expected = answers(admin, asked)
    assert all(expected[name] for name, _, _ in ASKED)
    port = free_port()
    dashboards.up("--engine", "spark", "--spark-port", str(port))
    try:
        admin = dashboards.person("admin")
        assert "hive://" in str(admin.json("/api/v1/database/1/connection")["result"]["sqlalchemy_uri"])
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
        # Whoever does not know the server's password does not come in, nor does an analyst's SQL.
        with pytest.raises(Exception, match="(?i)auth|password|SASL|peer|transport"):
            stranger(dashboards, port)
        assert dashboards.person("ana").sql("SELECT 1").status_code in (403, 404)
    finally:
        dashboards.up()
    assert not (dashboards.home / "spark.pid").exists()
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
