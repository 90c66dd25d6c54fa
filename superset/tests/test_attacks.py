"""What was tried to get SQL of one's own past the dashboards, on each engine: in the values, labels and
names of a chart's request, and typed into SQL Lab. Whoever may send such a text gets what it says."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

PORTFOLIO = "portfolio_id"
CUSTOMERS = "/silver/customers"
#: Values that end their own quotes, where a backslash is an escape or a quote is not doubled.
VALUES = [
    "\\' OR 1=1 GROUP BY portfolio_id -- ",
    "\\' UNION ALL SELECT tax_id FROM delta.`{lake}/silver/customers` -- ",
    "\\' UNION ALL SELECT value FROM text.`/etc/passwd` -- ",
    "\\' UNION ALL SELECT a FROM (SELECT TRANSFORM('x') USING 'tee {owned}' AS (a)) -- ",
    "\\'; SET spark.sql.ansi.enabled=false; -- ",
    "x\\",
    "\\\\' OR 1=1 -- ",
    "`; SELECT 1 -- ",
    "\n' OR 1=1 -- ",
    "\x00' OR 1=1 -- ",
]
#: Values that are like them, and have nothing that an analyst may not send: they mean themselves.
HARMLESS = ["' OR 1=1 -- ", "'' OR ''='", "%' OR '1'='1", "P1'); DROP VIEW es.balance_es; --", "/* x */", "${env:HOME}", "ñ'"]
LABELS = ["x`, (SELECT 1) AS `y", "x` FROM text.`/etc/passwd` -- ", "x\\", "x\ny"]
TYPED = {
    "duckdb": [
        "SELECT * FROM read_parquet('{parquet}')",
        "SELECT * FROM '{parquet}'",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '{owned}'",
        "ATTACH '{owned}'",
        "SET threads = 1",
        "SELECT getenv('HOME')",
    ],
    "spark": [
        "SELECT * FROM parquet.`{parquet}`",
        "SELECT * FROM delta.`{lake}/silver/customers`",
        "SELECT * FROM text.`/etc/passwd`",
        "SELECT name FROM (SELECT * FROM delta.`{lake}/silver/customers`) c",
        "SELECT * FROM silver.customers",
        "SELECT * FROM kept.balance",
        "SELECT TRANSFORM('x') USING 'tee {owned}' AS (a)",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.name')",
        "SELECT REFLECT ('java.lang.System', 'getProperty', 'user.name')",
        "SELECT `java_method`('java.lang.System', 'getProperty', 'user.name')",
        "SELECT input_file_name() FROM es.balance_es",
        "SELECT current_user",
        "SET",
        "SET spark.sql.ansi.enabled = false",
        "RESET",
        "ADD JAR '{parquet}'",
        "ADD FILE '/etc/passwd'",
        "LIST JARS",
        "CREATE TEMPORARY VIEW x AS SELECT * FROM text.`/etc/passwd`",
        "CREATE TABLE x USING csv LOCATION '{owned}' AS SELECT 1 AS a",
        "INSERT OVERWRITE DIRECTORY '{owned}' USING csv SELECT 1",
        "CREATE FUNCTION f AS 'x.Y'",
        "DROP VIEW es.balance_es",
        "CACHE TABLE es.balance_es",
        "EXPLAIN EXTENDED SELECT * FROM es.balance_es",
        "DESCRIBE EXTENDED es.balance_es",
        "DESCRIBE text.`/etc/passwd`",
        "SHOW CREATE TABLE es.balance_es",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "BEGIN SELECT 1; END",
        "SELECT 1; SET spark.sql.ansi.enabled = false",
    ],
}


@pytest.fixture(scope="module")
def ana(either: Any) -> Any:
    return either.person("ana")


@pytest.fixture(scope="module")
def admin(either: Any) -> Any:
    return either.person("admin")


@pytest.fixture(scope="module")
def dataset(admin: Any) -> int:
    return admin.datasets()["balance_es"]


@pytest.fixture
def owned(tmp_path: Path) -> Any:
    """A file that no attack may have written."""
    path = tmp_path / "owned"
    yield path
    assert not path.exists()


def rows(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()["result"][0]["data"]


def filtered(column: str, op: str, value: str) -> dict[str, Any]:
    return {"col": column, "op": op, "val": [value] if op == "IN" else value}


def labelled(label: str) -> dict[str, Any]:
    return {"expressionType": "SIMPLE", "column": {"column_name": "as_of"}, "aggregate": "MAX", "label": label}


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_a_value_whoever_sends_it(
    ana: Any, admin: Any, either: Any, engine: str, dataset: int, owned: Path, value: str
) -> None:
    value = value.format(lake=either.lake, owned=owned)
    for op in ("==", "IN"):
        query = {"columns": [PORTFOLIO], "metrics": [], "filters": [filtered(PORTFOLIO, op, value)]}
        refused = ana.data(dataset, **dict(query))
        assert refused.status_code == 403 and "has a backslash, a backtick or a control" in refused.text, refused.text[:300]
        answer = admin.data(dataset, **query)
        # No text of DuckDB's SQL goes past a NUL.
        assert answer.status_code >= 400 if "\x00" in value and engine == "duckdb" else rows(answer) == []


@pytest.mark.parametrize("way", ["samples", "drill", "orderby", "like", "named"])
def test_every_way_that_a_value_can_be_sent_is_looked_at(ana: Any, admin: Any, dataset: int, way: str) -> None:
    filters = [filtered(PORTFOLIO, "LIKE" if way == "like" else "==", VALUES[0])]
    for person, expected in ((ana, (403,)), (admin, (200, 400, 422))):
        if way == "samples":
            answer = person.samples(dataset, filters=filters)
        elif way == "drill":
            answer = person.data(dataset, result_type="drill_detail", columns=[], metrics=[], filters=filters)
        elif way == "orderby":
            answer = person.data(dataset, columns=[PORTFOLIO], metrics=[], orderby=[["x`y", True]])
        elif way == "named":
            answer = person.data(dataset, columns=["x` FROM es.balance_es -- "], metrics=[])
        else:
            answer = person.data(dataset, columns=[PORTFOLIO], metrics=[], filters=filters)
        assert answer.status_code in expected, (way, answer.status_code, answer.text[:300])
        if answer.status_code == 200:
            result = answer.json()["result"]
            assert (result[0] if isinstance(result, list) else result)["data"] == [], way


@pytest.mark.parametrize("value", HARMLESS)
def test_what_only_looks_like_sql_is_answered(ana: Any, dataset: int, value: str) -> None:
    for op in ("==", "IN", "LIKE"):
        assert ana.rows(dataset, columns=[PORTFOLIO], metrics=[], filters=[filtered(PORTFOLIO, op, value)]) == []


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_a_label(ana: Any, admin: Any, engine: str, dataset: int, label: str) -> None:
    query = {"columns": [], "metrics": [labelled(label)]}
    assert ana.data(dataset, **dict(query)).status_code == 403
    answer = admin.data(dataset, **query)
    if answer.status_code == 200:
        [row] = answer.json()["result"][0]["data"]
        assert list(row) == [label]
        assert str(row[label]).startswith(("2026", "17")), row  # one date, or its moment


def test_the_refusal_is_in_the_language_of_the_page(ana: Any, dataset: int) -> None:
    said = {}
    for language in ("es", "en"):
        ana.ask("GET", f"/lang/{language}")
        query = {"columns": [PORTFOLIO], "metrics": [], "filters": [filtered(PORTFOLIO, "==", "a\\b")]}
        said[language] = ana.data(dataset, **query).json()["errors"][0]["message"]
    assert "barra inversa" in said["es"] and "backslash" in said["en"]


@pytest.mark.parametrize("number", range(len(TYPED["spark"])))
def test_sql_lab_reads_what_is_served_and_nothing_else(either: Any, engine: str, owned: Path, number: int) -> None:
    if number >= len(TYPED[engine]):
        pytest.skip("the other engine has more of them")
    parquet = next((either.lake / "silver" / "customers").glob("*.parquet"))
    sql = TYPED[engine][number].format(lake=either.lake, parquet=parquet, owned=owned)
    answer = either.person("scientist").sql(sql)
    assert answer.status_code >= 400, (sql, answer.text[:300])
    assert "UNIQUE" not in answer.text and "root:" not in answer.text, answer.text[:300]


def test_sql_lab_answers_what_people_ask(either: Any) -> None:
    scientist = either.person("scientist")
    for sql in (
        "SELECT portfolio_id, COUNT(*) AS n FROM es.balance_es GROUP BY portfolio_id ORDER BY n DESC",
        "WITH x AS (SELECT * FROM gold.balance_daily LIMIT 5) SELECT COUNT(*) AS n FROM x",
        "SELECT number FROM meta.release",
        "SELECT COUNT(*) AS n FROM charts.balance",
    ):
        answer = scientist.sql(sql)
        assert answer.status_code == 200 and answer.json()["data"], (sql, answer.text[:500])
    tables = scientist.json("/api/v1/database/1/tables/?q=(schema_name:es,force:!t)")
    assert "balance_es" in {table["value"] for table in tables["result"]}
    columns = scientist.json("/api/v1/database/1/table_metadata/?name=balance_es&schema=es")["columns"]
    assert PORTFOLIO in {column["name"] for column in columns}
    schemas = scientist.json("/api/v1/database/1/schemas/?q=(force:!t)")["result"]
    assert "es" in {schema.split(".")[-1] for schema in schemas}  # DuckDB's have the file's name before them


def test_dashboards_answer_while_typed_queries_take_all_they_can_get(spark_dashboards: Any) -> None:
    scientist, admin = (spark_dashboards.person(name) for name in ("scientist", "admin"))
    endless = "SELECT COUNT(*) AS n FROM range(1000000) a CROSS JOIN range(1000000) b WHERE a.id + b.id = -1"
    ended: list[tuple[float, Any]] = []

    def ask() -> None:
        began = time.monotonic()
        ended.append((0.0, scientist.sql(endless)))
        ended[-1] = (time.monotonic() - began, ended[-1][1])

    # The first query of a server is slow whatever runs beside it; another row limit is another query.
    assert admin.rows(admin.datasets()["balance_es"], columns=[PORTFOLIO], metrics=[], row_limit=98)
    people = [threading.Thread(target=ask) for _ in range(os.cpu_count() or 2)]
    for person in people:
        person.start()
    time.sleep(2)
    answered = admin.rows(admin.datasets()["balance_es"], columns=[PORTFOLIO], metrics=[], row_limit=99)
    assert answered and all(person.is_alive() for person in people)
    for person in people:
        person.join()
    for seconds, answer in ended:
        assert answer.status_code >= 400 and "seconds" in answer.text, answer.text[:500]
        assert seconds < spark_dashboards.seconds + 30
    assert scientist.sql("SELECT 1 AS one").status_code == 200


ASKING = """
import sys
sys.path.insert(0, sys.argv[1])
import recupero_hive
from pyhive import hive
def connect(**more):
    secret = open(sys.argv[3]).read()
    return hive.connect("127.0.0.1", int(sys.argv[2]), username="x", password=secret, auth="CUSTOM", **more).cursor()
def ask(sql, **more):
    cursor = connect(**more)
    cursor.execute(sql)
    return cursor.fetchall()
def refused(sql, **more):
    try:
        return "ANSWERED " + str(ask(sql, **more))
    except Exception as problem:
        return str(problem)
"""


def asked(dashboards: Any, program: str) -> str:
    """Runs a program that asks the Thrift Server itself, as one who knows its password."""
    python, secret = dashboards.home / "venv" / "bin" / "python", dashboards.home / "spark.secret"
    server = ROOT / "superset" / "server"
    command = [python, "-c", ASKING + program, server, str(dashboards.spark_port), secret]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_what_is_quoted_is_read_back_by_spark_as_it_was(spark_dashboards: Any) -> None:
    said = asked(
        spark_dashboards,
        "import random, sqlglot\n"
        "values = ['', 'x', chr(92), chr(92) * 2, chr(39), chr(92) + chr(39), '%s %% %(x)s', '${env:HOME}', 'a\\nb\\tc\\rd']\n"
        "random.seed(7)\n"
        "values += [''.join(random.choice(chr(92) + chr(39) + '`%_n0ubtr \\n;-/*' + chr(34)) for _ in range(12)) for _ in range(60)]\n"
        "plain = 'SELECT ' + ', '.join(recupero_hive.quoted(value) for value in values)\n"
        "for sql in (plain, sqlglot.parse_one(plain, dialect='hive').sql(dialect='hive')):\n"  # as Superset writes it anew
        "    wrong = [(a, b) for a, b in zip(values, ask(sql)[0]) if a != b]\n"
        "    print(wrong or 'right')",
    )
    assert said.split() == ["right", "right"]


def test_no_way_of_connecting_opens_the_server(spark_dashboards: Any) -> None:
    said = asked(
        spark_dashboards,
        "settings = {'spark.sql.variable.substitute': 'true', 'spark.sql.runSQLOnFiles': 'true'}\n"
        "brought = {'set:hiveconf:' + name: value for name, value in settings.items()}\n"
        "print(ask('SELECT ' + chr(39) + '${env:RECUPERO_SPARK_SECRET}' + chr(39), configuration=brought)[0][0])\n"
        "print(refused('SELECT * FROM text.`/etc/passwd`', configuration=brought))\n"
        "print(refused('SELECT 1', database='es`; SET x=1; --'))\n"
        "print(refused('SELECT 1', configuration={'use:database': 'default; SET spark.x=1'}))\n"
        "print(refused('SHOW TABLES', database='kept'))",
    ).splitlines()
    assert said[0] == "${env:RECUPERO_SPARK_SECRET}"
    assert not [line for line in said[1:] if line.startswith("ANSWERED")], said
