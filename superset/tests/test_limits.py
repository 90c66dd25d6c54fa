"""A query has an end, a place and a share of memory; what people type reads the release and no more."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "superset" / "server"
ENDLESS = "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT count(*) FROM t"
#: Works on within one row for minutes, and looks at no interrupt meanwhile.
DEAF = "SELECT sum(levenshtein(repeat('a' || i, 20000), repeat('b' || i, 20000))) FROM range(2000) t(i)"

PREPARE = """
import sys, threading, time
from pathlib import Path
import duckdb
home = Path(sys.argv[1])
made = home / "made.duckdb"
if not made.exists():
    with duckdb.connect(str(made)) as duck:
        duck.execute("COPY (SELECT 1 AS a, 'P1' AS portfolio_id) TO '" + str(home / "a.parquet") + "' (FORMAT parquet)")
        duck.execute("CREATE SCHEMA es; CREATE SCHEMA meta")
        duck.execute("CREATE VIEW es.a AS SELECT a, portfolio_id FROM read_parquet(['" + str(home / "a.parquet") + "'])")
        duck.execute("CREATE TABLE meta.release AS SELECT 7 AS number")
import recupero_queries, recupero_serving
release = recupero_serving.Release.open(made)
def asked(sql):
    cursor = release.connect().cursor()
    try:
        cursor.execute(sql)
        return cursor.fetchall()
    except Exception as problem:
        return type(problem).__name__ + ": " + str(problem)
"""


HELD = """
import fcntl
def held(path):
    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        except BlockingIOError:
            return True
"""


@pytest.fixture(scope="module")
def python(request: Any) -> Path:
    """The server's own Python; where it is not installed yet, the server of the other tests sees to it."""
    path = ROOT / "target" / "dashboards" / "home" / "venv" / "bin" / "python"
    if not (path.parent.parent / "lib/python3.11/site-packages/duckdb_engine").exists():
        request.getfixturevalue("dashboards")
    return path


def run(python: Path, home: Path, program: str, **variables: str) -> Any:
    return subprocess.run(
        [python, "-c", PREPARE + program, home],
        env={**os.environ, "PYTHONPATH": str(SERVER), "RECUPERO_SUPERSET_HOME": str(home), **variables},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_a_query_without_an_end_is_ended_and_many_in_one_request_get_the_time_of_one(python: Path, tmp_path: Path) -> None:
    done = run(
        python, tmp_path,
        "from flask import Flask\n"
        f"print('alone', asked({ENDLESS!r}))\n"
        # It is worked out while it is fetched.
        "print('streamed', asked('SELECT i FROM range(100000000000) t(i) WHERE i % 1000 = 1'))\n"
        "with Flask('x').test_request_context():\n"
        f"    began = time.monotonic(); said = [asked({ENDLESS!r}) for _ in range(9)]\n"
        "    print('many', said[-1], time.monotonic() - began < 4)",
        RECUPERO_QUERY_SECONDS="0.5",
    )  # fmt: skip
    said = done.stdout.splitlines()
    assert [line.split()[0] for line in said if "QueryStopped: Stopped after 0.5 seconds" in line] == ["alone", "streamed", "many"], (
        said, done.stderr,
    )  # fmt: skip
    assert said[2].endswith("True")


def test_a_query_that_does_not_stop_takes_its_process_with_it(python: Path, tmp_path: Path) -> None:
    done = run(python, tmp_path, f"recupero_queries._GRACE = 1.0\nprint(asked({DEAF!r}))", RECUPERO_QUERY_SECONDS="1")
    assert done.returncode == -9
    assert "did not stop" in done.stderr


def test_no_more_run_at_once_than_there_are_cores_and_charts_are_answered_meanwhile(python: Path, tmp_path: Path) -> None:
    done = run(
        python, tmp_path,
        HELD + "busy = []\n"
        f"for _ in range(recupero_queries.CORES + 2): busy.append(threading.Thread(target=lambda: print(asked({ENDLESS!r}))))\n"
        "[thread.start() for thread in busy]\n"
        "time.sleep(1)\n"
        "free = [name for name in recupero_queries.Slots('typed')._names if not held(home / 'slots' / name)]\n"
        "recupero_queries.is_own = recupero_serving.is_own = lambda: True\n"
        "began = time.monotonic(); print('chart', asked('SELECT a FROM es.a'), time.monotonic() - began < 1.5, free)\n"
        "[thread.join() for thread in busy]\n",
        RECUPERO_QUERY_SECONDS="3",
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert "chart [(1,)] True []" in lines, (done.stdout, done.stderr)
    assert sum("Stopped after" in line for line in lines) >= len(os.sched_getaffinity(0))


BULKY = [
    "SELECT length(repeat('x', 3000000000))",  # past DuckDB's own limit
    "SELECT len(range(1000000000))",
    "SELECT len(list(i)) FROM range(1000000000) t(i)",
    "SELECT max(x) FROM (SELECT string_agg(i, ',') AS x FROM range(100000000) t(i))",
]


def test_memory_has_a_limit_and_the_process_goes_on(python: Path, tmp_path: Path) -> None:
    done = run(
        python, tmp_path,
        f"recupero_queries.limit_memory()\nfor sql in {BULKY!r}: print(asked(sql))\nprint('then', asked('SELECT a FROM es.a'))",
        RECUPERO_DUCKDB_MEMORY="200MB",
    )  # fmt: skip
    assert done.stdout.count("OutOfMemory") == len(BULKY), (done.stdout, done.stderr)
    assert "then [(1,)]" in done.stdout


ANSWERED = [
    "SELECT * FROM es.a",
    'SELECT "a" FROM "es"."a" WHERE portfolio_id IN (SELECT portfolio_id FROM es.a)',
    "WITH x AS (SELECT * FROM es.a) SELECT count(*), max(a) FROM x, range(3)",
    "FROM es.a SELECT median(a) GROUP BY ALL",
    "SELECT number FROM meta.release UNION ALL SELECT a FROM es.a ORDER BY 1",
    "FROM es.a PIVOT (sum(a) FOR portfolio_id IN ('P1'))",
]
REFUSED = [
    "SELECT * FROM duckdb_views()", "SELECT * FROM duckdb_views", 'SELECT * FROM "duckdb_views"()', "FROM DUCKDB_VIEWS",
    "SELECT sql FROM sqlite_master", "SELECT sql FROM main.sqlite_master", "SELECT * FROM system.main.duckdb_views",
    "SELECT * FROM pg_catalog.pg_views", "SELECT * FROM information_schema.tables", "SELECT * FROM duckdb_databases()",
    "SELECT * FROM pragma_database_list", "PRAGMA database_list", "PRAGMA show_tables_expanded", "SHOW DATABASES",
    "SHOW ALL TABLES", "DESCRIBE es.a", "SELECT * FROM (DESCRIBE es.a)", "SUMMARIZE es.a", "EXPLAIN SELECT * FROM es.a",
    "EXPLAIN ANALYZE SELECT * FROM es.a", "CALL duckdb_settings()", "SELECT getenv('HOME')", 'SELECT "getenv"(\'HOME\')',
    "SELECT current_setting('allowed_paths')", "SELECT CURRENT_SETTING/**/('allowed_paths')", "SELECT current_query()",
    "SELECT * FROM es.a WHERE (SELECT count(*) FROM duckdb_tables()) > 0", "SELECT a FROM es.a ORDER BY getenv('x')",
    "WITH duckdb_views AS (SELECT 1) SELECT * FROM duckdb_views", "SELECT * FROM query('SELECT 1')",
    "SELECT (SELECT sql FROM duckdb_views LIMIT 1)", "SELECT * FROM read_parquet('{home}/a.parquet')",
    "SELECT * FROM '{home}/a.parquet'", "SELECT * FROM (WITH \"{home}/a.parquet\" AS (SELECT 1) SELECT 1), '{home}/a.parquet'",
    "SELECT * FROM '/etc/passwd'", "SELECT * FROM glob('/*')", "SELECT * FROM parquet_metadata('{home}/a.parquet')",
    "SET threads = 8", "ATTACH 'x'", "COPY es.a TO 'x.csv'", "CREATE TABLE es.x AS SELECT 1", "SELECT 1; SELECT * FROM duckdb_views",
    "SELECT pg_get_viewdef('es.a')", "FROM es.a SELECT list_transform([1], lambda x: getenv('HOME'))",
    "FROM es.a PIVOT (max(getenv('HOME')) FOR portfolio_id IN ('P1'))", "SELECT json_serialize_sql('SELECT 1')",
]  # fmt: skip


def test_sql_reads_the_release_and_no_more(python: Path, tmp_path: Path) -> None:
    refused = [sql.replace("{home}", str(tmp_path)) for sql in REFUSED]
    done = run(
        python, tmp_path,
        f"for sql in {ANSWERED + refused!r}:\n"
        "    try: release.check(sql); print('answered', sql, asked(sql))\n"
        "    except Exception as problem: print('refused', sql, '|', problem)\n",
    )  # fmt: skip
    lines = done.stdout.splitlines()
    for sql in ANSWERED:
        assert any(line.startswith(f"answered {sql} [") for line in lines), (sql, lines, done.stderr)
    for sql in refused:
        said = [line for line in lines if line.startswith(f"refused {sql} |")]
        assert said, (sql, lines, done.stderr)
        # What is refused is named alone: no list of what else is, and no folder that was not asked for.
        assert len(said[0].split(" | ")[1]) < 120 + len(sql)


def test_a_query_reads_no_variable_of_the_program_and_an_error_shows_no_folder(python: Path, tmp_path: Path) -> None:
    done = run(
        python, tmp_path,
        "secret = duckdb.sql('SELECT 5 AS a')\nprint(asked('SELECT * FROM secret'))\n"
        "(home / 'a.parquet').unlink()\nprint(asked('SELECT * FROM es.a'))",
    )  # fmt: skip
    assert "Table with name secret does not exist" in done.stdout, (done.stdout, done.stderr)
    assert "Cannot access file" in done.stdout and str(tmp_path) not in done.stdout, (done.stdout, done.stderr)


def test_wrong_passwords_are_counted_by_user_and_forgotten_in_time(python: Path, tmp_path: Path) -> None:
    done = run(
        python, tmp_path,
        "from recupero_front import WITHIN, WRONG, WrongPasswords\n"
        "now = [1000.0]\n"
        "both = [WrongPasswords(home / 'logins.json', lambda: now[0]) for _ in range(2)]\n"  # as two processes
        "for number in range(WRONG): print(both[0].too_many('7')); both[number % 2].wrong('7')\n"
        "print('then', both[1].too_many('7'), both[1].too_many('8'))\n"
        "now[0] += WITHIN + 1; print('later', both[0].too_many('7'))\n"
        "[both[0].wrong('8') for _ in range(WRONG - 1)]; both[0].right('8'); both[0].wrong('8'); print('after', both[1].too_many('8'))",
    )  # fmt: skip
    assert done.stdout.split() == ["False"] * 5 + ["then", "True", "False", "later", "False", "after", "False"], done.stderr
    assert (tmp_path / "logins.json").stat().st_mode & 0o077 == 0
