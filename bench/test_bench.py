"""The benchmark's own test: a small history, ours and the peers on it, everything equal, and a difference is seen.

Run by `bench/run test`; without Spark SQL (d), whose start alone takes longer than all the others, unless
BENCH_SPARK=1 is set.
"""

import argparse
import datetime
import json
import os
import pathlib
import shutil
import sys
import tempfile

import duckdb

import equal
import measure
import night
import run

INVOICES = 2_000


def changed(peer: pathlib.Path, table: str, column: str, by: str, to: pathlib.Path) -> pathlib.Path:
    """Copies what a peer wrote, with one value of one table moved."""
    shutil.copytree(peer, to)
    duckdb.sql(f"""COPY (SELECT * EXCLUDE (place) REPLACE (CASE WHEN place = 1 THEN {column} + {by} ELSE {column} END AS {column})
                         FROM (SELECT *, row_number() OVER () AS place FROM '{peer}/{table}.parquet'))
                   TO '{to}/{table}.parquet' (FORMAT parquet)""")
    return to


def differs(lake: pathlib.Path, peer: pathlib.Path, expected: str) -> None:
    found = equal.compare(lake, peer).differences
    assert any(difference.startswith(expected) for difference in found), f"{peer.name}: expected a difference in table {expected}, found {found}"


def main() -> None:
    spark = os.environ.get("BENCH_SPARK") == "1"
    peers = [name for name in run.PEERS if spark or name != "spark_sql"]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        run.DATA = work / "data"
        # From the ledger through the whole of run.py, which itself fails where anything differs.
        sys.argv = ["bench/run", "--sizes", str(INVOICES / 1_000_000), "--runs", "1", "--scenario", "marts", "--peers", ",".join(peers),
                    "--name", "test", "--results", str(work / "results")]
        run.main()
        result = json.loads((work / "results" / "test.json").read_text())
        assert len(result["equalities"]) == len(peers), result["equalities"]
        assert all(one["cells"] > 0 and not one["differences"] for one in result["equalities"])

        # A side that fails is told, and costs the others nothing.
        def broken(_):
            return measure.run([sys.executable, "-c", "raise SystemExit('no more memory')"])

        failing = run.Bench(argparse.Namespace(runs=2, peers=peers, every_day=False))
        failing.interleaved("marts", INVOICES, [("broken", broken), ("whole", lambda _: measure.run([sys.executable, "-c", ""]))], check=lambda: 1 / 0)
        assert [row["side"] for row in failing.rows] == ["whole"] and failing.rows[0]["runs"] == 2, failing.rows
        assert [one["side"] for one in failing.failures] == ["broken"] and "no more memory" in failing.failures[0]["why"], failing.failures
        run.write(work / "results", "failed", {"cpu": "", "cores": 1, "memory_gib": 1, "system": "", "load_before": 0}, failing)
        assert "## Failed" in (work / "results" / "failed.md").read_text()

        # From raw files against the same lake: ours need not run a second time.
        bench = run.Bench(argparse.Namespace(runs=1, peers=peers, every_day=False))
        source = run.history(INVOICES)
        bench.check_whole("pipeline", INVOICES, "raw", source, run.lake_of(source), peers)
        assert len(bench.equalities) == len(peers)
        assert all(one["cells"] > 0 and not one["differences"] for one in bench.equalities), bench.equalities

        # A comparison that finds nothing proves nothing unless it can find something.
        lake, out = run.lake_of(source), bench.work / "duckdb_events"
        differs(lake, changed(out, "balance", "open_amount", "0.01", work / "balance"), "1.")
        differs(lake, changed(out, "flows", "recovered_amount", "0.01", work / "flows"), "2.")
        differs(lake, changed(out, "roll", "count", "1", work / "roll"), "3.")
        differs(lake, changed(out, "recovery", "days", "1", work / "recovery"), "4.")
        differs(lake, changed(out, "customer_features", "months_on_book", "1", work / "features"), "5.")

        # The night is the same every time, and a thousandth.
        new = work / "night"
        assert night.night(source, new, run.AS_OF) == run.AS_OF + datetime.timedelta(days=1)
        assert duckdb.sql(f"FROM '{new}/invoices.parquet/*.parquet'").aggregate("count(*)").fetchall()[0][0] >= 1
    print("All is well.")


if __name__ == "__main__":
    main()
