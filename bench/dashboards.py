"""How fast dashboards are: the time to draw each one, and how long their queries take with readers at once.

    ./recupero dashboards up --lake LAKE
    target/dashboards/python/bin/python bench/dashboards.py --url http://127.0.0.1:8088 \\
        --user admin --readers 8 --rounds 5 --out bench/results/dashboards-one-million

The password comes from RECUPERO_SUPERSET_PASSWORD. `./verify` makes that Python environment.

One browser opens every dashboard, past the cache, then once more, and keeps the requests of its charts.
Those are then sent again by as many readers at once as asked for, each in an order of its own, past the
cache too: what is timed is the server, from the request to the last byte of its answer, and not the
browsers of the readers, which sit on other machines. Writes OUT.json and OUT.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "superset" / "server"), str(ROOT / "superset" / "tests")]

Query = tuple[str, str, dict[str, Any]]  # dashboard, path, body


def main() -> None:
    options = arguments()
    password = os.environ.get("RECUPERO_SUPERSET_PASSWORD") or sys.exit(
        "Cannot log in: there is no password. Set the variable RECUPERO_SUPERSET_PASSWORD."
    )
    load = os.getloadavg()[0]
    draws, queries = draw(options, password)
    times = ask(options, password, queries)
    result = {
        "engine": options.engine,
        "invoices": options.invoices,
        "machine": {"processors": os.cpu_count(), "system": f"{platform.system()} {platform.machine()}", "load_before": round(load, 2)},
        "readers": options.readers,
        "rounds": options.rounds,
        "draw_seconds": draws,
        "query_milliseconds": {name: summary(values) for name, values in sorted(times.items())},
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    options.out.with_suffix(".md").write_text(table(result), encoding="utf-8")
    print(table(result))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8088")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--language", choices=["es", "en"], default="es")
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="told in the result")
    parser.add_argument("--invoices", type=int, default=None, help="told in the result")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def draw(options: argparse.Namespace, password: str) -> tuple[dict[str, Any], list[Query]]:
    """Opens every dashboard and all its tabs; returns seconds, and the requests of the charts."""
    from recupero_browser import LAPTOP, browser, viewer

    seconds: dict[str, Any] = {}
    queries: list[Query] = []
    names = [path.stem for path in sorted((ROOT / "superset" / "dashboards").glob("*.yaml"))]
    with browser() as started, viewer(started, options.url, LAPTOP) as window:
        now = {"dashboard": ""}

        def keep(request: Any) -> None:
            if request.method == "POST" and "/api/v1/chart/data" in request.url and now["dashboard"]:
                path = request.url[len(options.url.rstrip("/")) :]
                queries.append((now["dashboard"], path, json.loads(request.post_data)))

        window.log_in(options.user, password)
        window.speak(options.language)
        window.page.on("request", keep)
        for name in names:
            slug = f"{name}-{options.language}"
            now["dashboard"] = name
            first = window.open(slug, "?force=true")
            tabs = [drawn.seconds for drawn in window.tabs()]
            now["dashboard"] = ""
            again = window.open(slug)
            failed = [*first.failed, *again.failed]
            if failed:
                sys.exit(f"Cannot measure {slug}: {failed}")
            seconds[name] = {"first": round(first.seconds, 2), "again": round(again.seconds, 2), "tabs": [round(t, 2) for t in tabs]}
    return seconds, queries


def ask(options: argparse.Namespace, password: str, queries: list[Query]) -> dict[str, list[float]]:
    """Sends the requests again from all readers at once; returns milliseconds by dashboard."""
    from reading import Person

    people = [Person(options.url, options.user, password) for _ in range(options.readers)]
    times: dict[str, list[float]] = defaultdict(list)
    guard, together = threading.Lock(), threading.Barrier(options.readers)

    def read(number: int) -> None:
        order = random.Random(number)
        together.wait()
        for _ in range(options.rounds):
            for dashboard, path, body in order.sample(queries, len(queries)):
                start = time.perf_counter()
                answer = people[number].ask("POST", path, json={**body, "force": True})
                took = (time.perf_counter() - start) * 1000
                if answer.status_code != 200:
                    raise RuntimeError(f"{dashboard}: {answer.status_code} {answer.text[:300]}")
                with guard:
                    times[dashboard].append(took)
                    times["all"].append(took)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(options.readers)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    wanted = options.readers * options.rounds * len(queries)
    if len(times["all"]) != wanted:
        sys.exit(f"Cannot measure: {len(times['all'])} of {wanted} requests were answered")
    return times


def summary(values: list[float]) -> dict[str, Any]:
    ordered = sorted(values)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731
    return {
        "requests": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p95": round(at(0.95), 1),
        "worst": round(ordered[-1], 1),
    }


def table(result: dict[str, Any]) -> str:
    lines = [
        f"# Dashboards: {result['engine']}, {result['invoices'] or '?'} invoices, {result['readers']} readers at once",
        "",
        f"{result['machine']['processors']} processors, load before {result['machine']['load_before']}; "
        f"{result['rounds']} rounds, past the cache.",
        "",
        "| dashboard | drawn, s | drawn again, s | tabs, s | requests | median, ms | p95, ms | worst, ms |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, query in result["query_milliseconds"].items():
        drawn = result["draw_seconds"].get(name, {})
        tabs = ", ".join(str(value) for value in drawn.get("tabs", []))
        lines.append(
            f"| {name} | {drawn.get('first', '')} | {drawn.get('again', '')} | {tabs} | {query['requests']} "
            f"| {query['median']} | {query['p95']} | {query['worst']} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
