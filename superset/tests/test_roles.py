"""An analyst of one portfolio gets no row of another, whatever way is tried; nobody but people of
the right role writes."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import QUERY_SECONDS
from reading import Person

PORTFOLIO = "portfolio_id"
WRITES = [
    ("POST", "/api/v1/dataset/", {"database": 1, "schema": "es", "table_name": "x"}),
    ("PUT", "/api/v1/dataset/{dataset}", {"description": "x"}),
    ("DELETE", "/api/v1/dataset/{dataset}", None),
    ("POST", "/api/v1/chart/", {"slice_name": "x", "datasource_id": 1, "datasource_type": "table"}),
    ("PUT", "/api/v1/chart/{chart}", {"slice_name": "x"}),
    ("DELETE", "/api/v1/chart/{chart}", None),
    ("POST", "/api/v1/dashboard/", {"dashboard_title": "x"}),
    ("PUT", "/api/v1/dashboard/{dashboard}", {"dashboard_title": "x"}),
    ("DELETE", "/api/v1/dashboard/{dashboard}", None),
    ("POST", "/api/v1/rowlevelsecurity/", {"name": "x", "clause": "1=1", "filter_type": "Regular", "tables": [1], "roles": [1]}),
    ("POST", "/api/v1/sqllab/execute/", {"database_id": 1, "sql": "SELECT 1"}),
    ("POST", "/api/v1/database/", {"database_name": "x", "sqlalchemy_uri": "duckdb:///x"}),
    ("POST", "/api/v1/assets/import/", None),
]  # fmt: skip
PRIVATE = [
    "/api/v1/security/users/", "/api/v1/security/roles/", "/api/v1/rowlevelsecurity/", "/api/v1/query/",
    "/api/v1/log/", "/api/v1/database/", "/api/v1/database/1", "/api/v1/database/1/schemas/",
    "/api/v1/database/1/table_metadata/?name=balance_es&schema=es", "/api/v1/assets/export/",
    "/api/v1/chart/export/?q=!({chart})", "/api/v1/dashboard/export/?q=!({dashboard})",
]  # fmt: skip
# What tells of users, by Superset's interfaces.
TELLING = [
    *(f"/api/v1/{kind}/related/{column}?q={q}" for kind in ("chart", "dashboard", "dataset") for column in ("owners", "created_by", "changed_by")
      for q in ("(page_size:100)", "(include_ids:!(1,2,3,4,5,6),page:0)", "(filter:a)")),
    *(f"/api/v1/{kind}/" for kind in ("chart", "dashboard", "dataset", "tag", "theme", "css_template", "annotation_layer")),
    "/api/v1/chart/{chart}", "/api/v1/dashboard/{dashboard}", "/api/v1/dataset/{dataset}", "/api/v1/security/users/",
    "/api/v1/dashboard/{dashboard}/charts", "/api/v1/dashboard/{dashboard}/datasets", "/datasource/get/table/{dataset}/",
    "/api/v1/query/related/user", "/api/v1/saved_query/related/created_by", "/api/v1/database/related/created_by",
    "/api/v1/tag/related/created_by", "/api/v1/theme/related/created_by", "/api/v1/log/", "/api/v1/security/roles/1/users",
    "/api/v1/explore/?datasource_id={dataset}&datasource_type=table", "/api/v1/log/recent_activity/",
]  # fmt: skip
# What is tried as a condition, a column or a figure to get past the rule about rows.
CONDITIONS = [
    "1 = 1 OR 1 = 1",
    "1=1) OR (1=1",
    "1=1) OR (1=1) --",
    "portfolio_id IN (SELECT portfolio_id FROM es.balance_es)",
    "1=1 UNION ALL SELECT portfolio_id FROM es.balance_es",
]
EXPRESSIONS = [
    "(SELECT string_agg(DISTINCT portfolio_id) FROM es.balance_es)",
    "(FROM es.balance_es SELECT string_agg(DISTINCT portfolio_id))",
    "portfolio_id FROM es.balance_es UNION ALL SELECT portfolio_id",
    "current_setting('allowed_paths')",
    "max(portfolio_id) OVER ()",
    "getvariable('x')",
]


@pytest.fixture(scope="module")
def ana(either: Any) -> Any:
    return either.person("ana")


@pytest.fixture(scope="module")
def admin(either: Any) -> Any:
    return either.person("admin")


@pytest.fixture(scope="module")
def ids(admin: Any) -> dict[str, int]:
    return {
        "dataset": admin.datasets()["balance_es"],
        "chart": admin.charts()[0]["id"],
        "dashboard": admin.dashboards()[0]["id"],
    }


def portfolios(person: Any, dataset: int, **query: Any) -> set[str | None]:
    rows = person.rows(dataset, columns=[PORTFOLIO], metrics=[], row_limit=1000, **query)
    return {row[PORTFOLIO] for row in rows}


def with_portfolio(admin: Any) -> dict[str, int]:
    found = {}
    for name, dataset in admin.datasets().items():
        columns = admin.json(f"/api/v1/dataset/{dataset}")["result"]["columns"]
        if any(column["column_name"] == PORTFOLIO for column in columns):
            found[name] = dataset
    return found


def some(datasets: dict[str, int], engine: str) -> dict[str, int]:
    """All of them, or, where a question takes a second or two, enough to see that rules reach the SQL."""
    return datasets if engine == "duckdb" else dict(sorted(datasets.items())[::12])


@pytest.mark.parametrize(
    "name, granted", [("ana", {"P1"}), ("berta", {"P1", "P3"}), ("nadie", set()), ("carlos", None), ("scientist", None)]
)
def test_every_dataset_is_cut_to_the_portfolios_granted(
    either: Any, admin: Any, engine: str, name: str, granted: set[str] | None
) -> None:
    person = either.person(name)
    checked = with_portfolio(admin)
    assert "balance_es" in checked and "balance_en" in checked
    for table, dataset in some(checked, engine).items():
        all_of_it = portfolios(admin, dataset)
        assert portfolios(person, dataset) == (all_of_it if granted is None else all_of_it & granted), table


def test_what_has_no_portfolio_is_closed_unless_it_is_everybodys(
    ana: Any, admin: Any, either: Any, engine: str
) -> None:
    carlos = either.person("carlos")
    cut = with_portfolio(admin)
    for name, dataset in some(admin.datasets(), engine).items():
        extra = admin.json(f"/api/v1/dataset/{dataset}")["result"]["extra"] or ""
        column = admin.json(f"/api/v1/dataset/{dataset}")["result"]["columns"][0]["column_name"]
        query = {"columns": [column], "metrics": [], "row_limit": 1}
        if name not in cut and "everybody" not in extra:
            assert ana.data(dataset, **query).status_code == 403, name
        assert carlos.data(dataset, **query).status_code == 200, name


def test_a_filter_for_another_portfolio_finds_nothing(ana: Any, ids: dict[str, int]) -> None:
    other = [{"col": PORTFOLIO, "op": "IN", "val": ["P2", "P3"]}]
    assert portfolios(ana, ids["dataset"], filters=other) == set()


def test_the_values_that_a_filter_offers_are_those_granted(ana: Any, ids: dict[str, int]) -> None:
    offered = ana.json(f"/api/v1/datasource/table/{ids['dataset']}/column/{PORTFOLIO}/values/")
    assert offered["result"] == ["P1"]


def test_samples_and_drilling_show_rows_of_the_portfolio_alone(ana: Any, ids: dict[str, int]) -> None:
    for body in ({}, {"filters": [{"col": PORTFOLIO, "op": "IN", "val": ["P1", "P2"]}]}):
        seen = ana.samples(ids["dataset"], **body)
        assert seen.status_code == 200, seen.text[:300]
        assert {row[PORTFOLIO] for row in seen.json()["result"]["data"]} == {"P1"}
    drilled = ana.rows(ids["dataset"], result_type="drill_detail", columns=[], metrics=[], row_limit=1000)
    assert {row[PORTFOLIO] for row in drilled} == {"P1"}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_condition_reaches_other_rows(ana: Any, ids: dict[str, int], condition: str) -> None:
    for clause in ("where", "having"):
        answer = ana.data(ids["dataset"], columns=[PORTFOLIO], metrics=[], extras={clause: condition})
        assert answer.status_code in (400, 403, 422), answer.text[:300]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_no_expression_is_answered(ana: Any, ids: dict[str, int], expression: str) -> None:
    typed = {"expressionType": "SQL", "sqlExpression": expression, "label": "x"}
    filters = [{"col": typed, "op": "==", "val": "x"}]
    for query in (
        {"columns": [typed], "metrics": []},
        {"columns": [PORTFOLIO], "metrics": [typed]},
        {"columns": [PORTFOLIO], "metrics": [], "orderby": [[typed, True]]},
        {"columns": [PORTFOLIO], "metrics": [], "filters": filters},
        {"columns": [PORTFOLIO], "metrics": ["open_amount"], "series_limit": 5, "series_limit_metric": typed},
    ):
        answer = ana.data(ids["dataset"], **query)
        assert answer.status_code in (400, 403, 422), (query, answer.text[:300])


def test_several_queries_in_one_request_are_each_cut(ana: Any, ids: dict[str, int]) -> None:
    query = {"columns": [PORTFOLIO], "metrics": [], "row_limit": 100}
    answer = ana.data(ids["dataset"], queries=[query, {**query, "is_rowcount": True}, query])
    assert answer.status_code == 200
    for result in (answer.json()["result"][0], answer.json()["result"][2]):
        assert {row[PORTFOLIO] for row in result["data"]} == {"P1"}


def test_what_one_person_sees_is_not_kept_for_another(either: Any, admin: Any, ids: dict[str, int]) -> None:
    query = {"columns": [PORTFOLIO], "metrics": [], "row_limit": 777, "force": False}
    everything = {row[PORTFOLIO] for row in admin.rows(ids["dataset"], **dict(query))}
    assert len(everything) > 2
    for name, granted in (("ana", {"P1"}), ("berta", {"P1", "P3"})):
        for _ in range(2):  # the second time from the cache
            assert {row[PORTFOLIO] for row in either.person(name).rows(ids["dataset"], **dict(query))} == granted


@pytest.mark.parametrize("method, path, body", WRITES)
def test_an_analyst_writes_nothing(ana: Any, ids: dict[str, int], method: str, path: str, body: Any) -> None:
    answer = ana.ask(method, path.format(**ids), json=body)
    assert answer.status_code == 403, answer.text[:300]


@pytest.mark.parametrize("path", PRIVATE)
def test_an_analyst_is_told_nothing_of_the_house(ana: Any, ids: dict[str, int], path: str) -> None:
    assert ana.ask("GET", path.format(**ids)).status_code in (403, 404)


@pytest.mark.parametrize("path", TELLING)
def test_an_analyst_learns_no_names_of_users(ana: Any, admin: Any, ids: dict[str, int], path: str) -> None:
    # Who else there is, an administrator sees by the same way, or by another one.
    others = {"admin", "scientist", "berta", "carlos"}
    answer = ana.ask("GET", path.format(**ids))
    told = {name for name in others if f'"{name}"' in answer.text or f"{name} " in answer.text}
    assert told == set(), answer.text[:300]


def test_an_analyst_uses_only_charts_of_the_program(either: Any, ana: Any, admin: Any, ids: dict[str, int]) -> None:
    scientist = either.person("scientist")
    sql = "MAX(portfolio_id) || 'x'"
    metric = {"expressionType": "SQL", "sqlExpression": sql, "label": "x"}
    owner = next(it["id"] for it in admin.json("/api/v1/security/users/")["result"] if it["username"] == "recupero")
    made = scientist.ask(
        "POST", "/api/v1/chart/",
        json={
            "slice_name": "theirs", "viz_type": "big_number_total", "datasource_id": ids["dataset"], "datasource_type": "table",
            "params": json.dumps({"metric": metric}),
        },
    )  # fmt: skip
    assert made.status_code == 201, made.text[:300]
    theirs = made.json()["id"]
    try:
        # Not even where its maker says that it is the program's.
        assert scientist.ask("PUT", f"/api/v1/chart/{theirs}", json={"owners": [owner]}).status_code in (200, 422)
        assert ana.data(ids["dataset"], columns=[], metrics=[metric]).status_code == 403
        assert scientist.data(ids["dataset"], columns=[], metrics=[metric]).status_code == 200
    finally:
        admin.ask("DELETE", f"/api/v1/chart/{theirs}")


def test_a_former_interface_takes_no_sql_of_an_analyst(ana: Any, ids: dict[str, int]) -> None:
    metric = {"expressionType": "SQL", "sqlExpression": "max(portfolio_id)", "label": "x"}
    form = {"datasource": f"{ids['dataset']}__table", "viz_type": "table", "metrics": [metric], "groupby": []}
    answer = ana.ask("POST", "/superset/explore_json/", data={"form_data": json.dumps(form)})
    assert answer.status_code in (400, 403, 404), answer.text[:300]


def test_few_wrong_passwords_are_taken_whichever_way_they_come(dashboards: Any) -> None:
    import requests

    def logs_in(password: str) -> bool:
        body = {"username": "nadie", "password": password, "provider": "db"}
        return requests.post(f"{dashboards.url}/api/v1/security/login", json=body).status_code == 200

    dashboards.person("nadie")
    for number in range(5):
        if number % 2:
            assert not logs_in(f"wrong-{number}")
        else:
            with pytest.raises(AssertionError, match="Cannot log in"):
                Person(dashboards.url, "nadie", f"wrong-{number}")
    with pytest.raises(AssertionError, match="Cannot log in"):
        dashboards.person("nadie")  # by the right one
    assert not logs_in(dashboards.passwords["nadie"])
    dashboards.person("berta")  # others do come in
    dashboards.up("--new-password", "nadie")
    dashboards.person("nadie")


def test_a_query_goes_on_for_a_while_after_its_client_has_left_and_charts_are_answered(dashboards: Any) -> None:
    import requests

    scientist = dashboards.person("scientist")
    endless = "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT count(*) FROM t"
    for _ in range(len(os.sched_getaffinity(0)) + 1):
        with pytest.raises(requests.exceptions.ReadTimeout):
            scientist.sql(endless, timeout=1)
    slots = dashboards.home / "slots"
    assert any(_is_held(slot) for slot in slots.glob("typed-*"))
    assert portfolios(dashboards.person("ana"), scientist.datasets()["balance_es"]) == {"P1"}
    until = time.monotonic() + 4 * QUERY_SECONDS
    while any(_is_held(slot) for slot in slots.glob("typed-*")):
        assert time.monotonic() < until, "a query still runs"
        time.sleep(0.2)
    answer = scientist.sql("SELECT count(*) AS n FROM es.balance_es")
    assert answer.status_code == 200, answer.text[:300]


def _is_held(slot: Path) -> bool:
    with open(slot, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        except BlockingIOError:
            return True


def test_nobody_comes_in_without_a_name(either: Any, ids: dict[str, int]) -> None:
    import requests

    query = {"datasource": {"id": ids["dataset"], "type": "table"}, "queries": [{"columns": [PORTFOLIO]}]}
    assert requests.post(f"{either.url}/api/v1/chart/data", json=query).status_code in (400, 401, 403)
    assert requests.get(f"{either.url}/api/v1/dashboard/").json().get("count", 0) == 0


def test_a_scientist_asks_in_sql_and_reads_views_alone(either: Any) -> None:
    scientist = either.person("scientist")
    answer = scientist.sql("SELECT portfolio_id, COUNT(*) AS n FROM es.balance_es GROUP BY ALL")
    assert answer.status_code == 200, answer.text[:300]
    assert len(answer.json()["data"]) > 2
    parquet = next((either.lake / "silver" / "customers").glob("*.parquet"))
    for refused in (
        f"SELECT * FROM read_parquet('{parquet}')",
        f"SELECT * FROM '{parquet}'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/recupero-test.csv'",
        "ATTACH '/tmp/recupero-test.duckdb'",
        "CREATE TABLE es.x AS SELECT 1",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "DROP VIEW es.balance_es",
        "SELECT current_setting('allowed_paths')",
        "SELECT sql FROM duckdb_views()",
        "SELECT * FROM duckdb_databases()",
        "SELECT view_definition FROM information_schema.views",
        "SELECT sql FROM sqlite_master",
    ):
        answer = scientist.sql(refused)
        assert answer.status_code >= 400, (refused, answer.text[:300])
        # Neither where the lake lies nor what else is refused.
        assert str(either.lake) not in answer.text.replace(str(parquet), ""), answer.text[:300]
        assert "read_csv" not in answer.text, answer.text[:300]
    assert scientist.ask("GET", "/api/v1/security/users/").status_code == 403


def test_no_dataset_of_analysts_has_names_or_tax_ids(ana: Any) -> None:
    for name, dataset in ana.datasets().items():
        columns = {c["column_name"] for c in ana.json(f"/api/v1/dataset/{dataset}")["result"]["columns"]}
        assert not columns & {"customer_name", "legal_name", "name", "tax_id", "email", "phone", "raw"}, name
