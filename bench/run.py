"""Measures Recupero against what people would use instead, side by side in one run.

  bench/run                                  marts and pipeline at a million invoices, 5 runs each
  bench/run --sizes 1,3,10                   millions of invoices; growth is told from several sizes
  bench/run --scenario night --sizes 10      marts, pipeline, night, cores, skew, demo, or all
  bench/run --short                          20,000 invoices, one run of each: does it all work?

Everything is made below bench/data (kept for the next time), results go to bench/results.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys

import equal
import measure
import night
import prepare

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent
DATA = HERE / "data"
AS_OF = datetime.date(2026, 3, 31)
START = datetime.date(2023, 4, 1)
MONTHS = 36
EVERY_DAY_BELOW = 1_000_000
SCENARIOS = ["marts", "pipeline", "night", "cores", "skew", "demo"]
PEERS = {
    "duckdb_events": "DuckDB, event algorithm (a)",
    "duckdb_snapshots": "DuckDB, snapshot for each date (b)",
    "polars_events": "Polars, event algorithm (c)",
    "spark_sql": "plain Spark SQL (d)",
}
OURS = "recupero"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def recupero(*words: str) -> list[str]:
    return [str(HOME / "recupero"), *words]


def settings(cores: int) -> dict[str, str]:
    return {"RECUPERO_TIMEZONE": "America/Santiago", "RECUPERO_LANG": "en", "RECUPERO_CORES": str(cores)}


def evening(day: datetime.date) -> str:
    return f"{day}T23:00:00-03:00"


# -- what is measured on -----------------------------------------------------------------------


def history(invoices: int, skewed: bool = False) -> pathlib.Path:
    """Returns the folder of a prepared history, generated unless it is there."""
    name = f"{invoices}{'-skewed' if skewed else ''}"
    folder = DATA / f"history-{name}"
    if not (folder / "made").exists():
        say(f"making a history of {invoices:,} invoices ...")
        generated = DATA / f"generated-{name}"
        skew = ["--one-big-customer", "--one-big-day"] if skewed else []
        subprocess.run(
            recupero("generate", "--out", str(generated), "--invoices", str(invoices), "--months", str(MONTHS), "--start", str(START),
                     "--bad-share", "0", "--files", "parquet", "--quiet", *skew),
            check=True, env={**os.environ, **settings(os.cpu_count() or 1)}, stdout=subprocess.DEVNULL)
        prepare.prepare(generated, folder)
        shutil.rmtree(generated)
        (folder / "made").touch()
    return folder


def run_command(source: pathlib.Path, lake: pathlib.Path, as_of: datetime.date = AS_OF) -> list[str]:
    return recupero("run", "--input", str(source), "--lake", str(lake), "--as-of", str(as_of), "--arrived-at", evening(as_of), "--quiet")


def lake_of(source: pathlib.Path) -> pathlib.Path:
    """Returns a lake of a history, made by ours with the sources as they are now."""
    lake = DATA / f"lake-{source.name.removeprefix('history-')}"
    newest = max(file.stat().st_mtime for part in ("jobs/src/main", "schemas") for file in (HOME / part).rglob("*") if file.is_file())
    releases = list((lake / "releases").glob("*.json"))
    if not releases or min(file.stat().st_mtime for file in releases) < newest:
        say(f"making the lake of {source.name} ...")
        shutil.rmtree(lake, ignore_errors=True)
        measure.run(run_command(source, lake), env=settings(os.cpu_count() or 1))
    return lake


def copy(lake: pathlib.Path, to: pathlib.Path) -> pathlib.Path:
    """Copies a lake by hard links: files of a lake never change, runs only add new ones."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(lake, to, copy_function=os.link, ignore=shutil.ignore_patterns(".lock", "logs"))
    return to


def has_jobs_option() -> bool:
    helped = subprocess.run(recupero("run", "--help"), capture_output=True, text=True, check=True, env={**os.environ, **settings(1)})
    return "--jobs" in helped.stdout


# -- measuring ---------------------------------------------------------------------------------


class Bench:
    """Collects runs, and judges whether every side says the same."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.cores = len(os.sched_getaffinity(0))
        self.rows: list[dict] = []
        self.equalities: list[dict] = []
        self.failures: list[dict] = []
        self.notes: list[str] = []
        self.work = DATA / "work"
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def peers(self, names: list[str]) -> list[str]:
        return [name for name in names if name in self.args.peers]

    def peer(self, name: str, source: str, folder: pathlib.Path, invoices: int, as_of: datetime.date = AS_OF, only: str | None = None):
        out = self.work / name
        command = [sys.executable, str(HERE / "peers" / f"{name}.py"), "--from", source, "--input", str(folder), "--out", str(out), "--as-of", str(as_of)]
        month_ends = name == "duckdb_snapshots" and invoices >= EVERY_DAY_BELOW and not self.args.every_day
        if month_ends:
            command.append("--month-ends")
        if only:
            command += ["--only", only]

        def once(cores: list[int]) -> measure.Measured:
            shutil.rmtree(out, ignore_errors=True)
            measured = measure.run([*command, "--cores", str(len(cores))], cores=cores, env={"POLARS_MAX_THREADS": str(len(cores))})
            shutil.rmtree(out / "spill", ignore_errors=True)
            return measured

        label = PEERS[name] + (", month ends only" if month_ends else "") + (", daily history alone" if only else "")
        return label, once

    def ours(self, label: str, prepare_lake, command):
        def once(cores: list[int]) -> measure.Measured:
            lake = prepare_lake()
            return measure.run(command(lake), cores=cores, env=settings(len(cores)))

        return label, once

    def interleaved(self, scenario: str, invoices: int, sides: list[tuple], cores: list[int] | None = None, check=None) -> None:
        """Measures the sides in turn, A B C A B C; `check` runs once after the first turn.

        A side that fails is told as such and left out from then on: hours of the others are not lost with it.
        """
        everywhere = sorted(os.sched_getaffinity(0))
        runs: dict[str, list[measure.Measured]] = {label: [] for label, *_ in sides}
        for turn in range(self.args.runs):
            for label, once, *own_cores in sides:
                if self.failed(scenario, invoices, label):
                    continue
                try:
                    measured = once(own_cores[0] if own_cores else cores or everywhere)
                except measure.Failed as why:
                    self.fail(scenario, invoices, label, why)
                    continue
                runs[label].append(measured)
                say(f"{scenario} {invoices:,}: {label}: {measured.seconds:.2f} s, {measured.peak_bytes / 2**30:.2f} GiB (run {turn + 1})")
            if turn == 0 and check and not any(self.failed(scenario, invoices, label) for label, *_ in sides):
                check()
        for label, measured in runs.items():
            if not measured:
                continue
            self.rows.append({
                "scenario": scenario, "invoices": invoices, "side": label, "runs": len(measured),
                "seconds": [round(m.seconds, 3) for m in measured], "median": round(statistics.median(m.seconds for m in measured), 3),
                "cpu_median": round(statistics.median(m.cpu_seconds for m in measured), 2), "peak_gib": round(max(m.peak_bytes for m in measured) / 2**30, 3),
            })

    def fail(self, scenario: str, invoices: int, label: str, why: measure.Failed) -> None:
        say(f"{scenario} {invoices:,}: {label}: {why}")
        self.failures.append({"scenario": scenario, "invoices": invoices, "side": label, "why": str(why)})

    def failed(self, scenario: str, invoices: int, label: str) -> bool:
        return any((one["scenario"], one["invoices"], one["side"]) == (scenario, invoices, label) for one in self.failures)

    def equality(self, scenario: str, invoices: int, lake: pathlib.Path, names: list[str]) -> None:
        for name in names:
            print(f"\n{scenario}, {invoices:,} invoices: {PEERS[name]} against Recupero")
            comparison = equal.compare(lake, self.work / name)
            self.equalities.append({"scenario": scenario, "invoices": invoices, "side": PEERS[name], "cells": comparison.cells, "differences": comparison.differences})

    # -- scenarios ----------------------------------------------------------------------------

    def marts(self, invoices: int) -> None:
        """From the ledger of a lake to everything above it."""
        lake = lake_of(history(invoices))
        names = self.peers(list(PEERS))
        sides = [self.peer(name, "ledger", lake, invoices) for name in names]
        if "duckdb_snapshots" in names:
            sides.append(self.peer("duckdb_snapshots", "ledger", lake, invoices, only="balance"))
        if "duckdb_events" in names:
            sides.append(self.peer("duckdb_events", "ledger", lake, invoices, only="balance"))
        if has_jobs_option():
            command = lambda at: [*run_command(history(invoices), at), "--jobs", "marts,customer_features", "--force"]  # noqa: E731
            sides.insert(0, self.ours(OURS, lambda: copy(lake, self.work / "lake"), command))
        else:
            self.notes.append("marts: ours is not measured, ./recupero run has no --jobs.")
        # The side that measures a part overwrites what its whole wrote: compare before.
        whole = [name for name in names]
        self.check_whole("marts", invoices, "ledger", lake, lake, whole)
        self.interleaved("marts", invoices, sides)

    def check_whole(self, scenario: str, invoices: int, source: str, folder: pathlib.Path, lake: pathlib.Path, names: list[str], as_of: datetime.date = AS_OF) -> None:
        """Lets every peer write everything once, unmeasured, and compares: a warm-up for all, too."""
        for name in names:
            self.peer(name, source, folder, invoices, as_of)[1](sorted(os.sched_getaffinity(0)))
        self.equality(scenario, invoices, lake, names)

    def pipeline(self, invoices: int) -> None:
        """From raw files to everything; ours judges, allocates, keeps both clocks and publishes."""
        source = history(invoices)
        names = self.peers(list(PEERS))
        # Of a single run the lake is kept: at the largest sizes it is too dear to be made twice.
        lake = DATA / f"lake-{invoices}" if self.args.runs == 1 else self.work / "lake"
        if self.args.runs > 1:
            self.check_whole("pipeline", invoices, "raw", source, lake_of(source), names)
        ours = self.ours(OURS, lambda: fresh(lake), lambda at: run_command(source, at))
        check = (lambda: self.equality("pipeline", invoices, lake, names)) if self.args.runs == 1 else None
        self.interleaved("pipeline", invoices, [ours, *(self.peer(name, "raw", source, invoices) for name in names)], check=check)

    def night(self, invoices: int) -> None:
        """One new record in a thousand: ours on top of what is there, ours from the beginning, DuckDB from the beginning."""
        source = history(invoices)
        lake = lake_of(source)
        new, both = DATA / f"night-{invoices}", DATA / f"both-{invoices}"
        next_day = night.night(source, new, AS_OF)
        night.together(source, new, both)
        incremental = self.ours(f"{OURS}, the night alone", lambda: copy(lake, self.work / "lake"), lambda at: run_command(new, at, next_day))
        full = self.ours(f"{OURS}, everything again", lambda: fresh(self.work / "full"), lambda at: run_command(both, at, next_day))
        names = self.peers(["duckdb_events"])
        sides = [incremental, full, *(self.peer(name, "raw", both, invoices, next_day) for name in names)]

        def check() -> None:
            self.equality("night, on top", invoices, self.work / "lake", names)
            self.equality("night, from the beginning", invoices, self.work / "full", names)

        self.interleaved("night", invoices, sides, check=check)

    def cores_(self, invoices: int) -> None:
        """The same work on one core and on two."""
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) < 2:
            self.notes.append("cores: not measured, this machine lets us have one core only.")
            return
        source = history(invoices)
        sides = []
        for use in (cores[:1], cores[:2]):
            name = f"{len(use)} core{'s' if len(use) > 1 else ''}"
            label, once = self.ours(f"{OURS}, {name}", lambda: fresh(self.work / "lake"), lambda lake: run_command(source, lake))
            sides.append((label, once, use))
            for peer in self.peers(["duckdb_events"]):
                label, once = self.peer(peer, "raw", source, invoices)
                sides.append((f"{label}, {name}", once, use))
        self.interleaved("cores", invoices, sides)

    def skew(self, invoices: int) -> None:
        """One customer with a fifth of all invoices and one day with a tenth of all payments, against even ones."""
        sides = []
        for name, skewed in (("even", False), ("skewed", True)):
            source = history(invoices, skewed)
            sides.append(self.ours(f"{OURS}, {name}", lambda: fresh(self.work / "lake"), lambda lake, source=source: run_command(source, lake)))
            for peer in self.peers(["duckdb_events"]):
                label, once = self.peer(peer, "raw", source, invoices)
                sides.append((f"{label}, {name}", once))
        names = self.peers(["duckdb_events"])
        # The last side of a turn is the skewed one, so that is what lies in the folders then.
        self.interleaved("skew", invoices, sides, check=lambda: self.equality("skew", invoices, self.work / "lake", names))

    def demo(self, _: int) -> None:
        """The smallest run: data-samples, everything built."""
        self.interleaved("demo", 6_000, [self.ours(OURS, lambda: fresh(self.work / "lake"), self.samples)])

    @staticmethod
    def samples(lake: pathlib.Path) -> list[str]:
        """Returns the command that runs everything on data-samples."""
        samples = HOME / "data-samples"
        return recupero("run", "--input", str(samples / "raw"), "--config", str(samples / "recupero.yaml"), "--lake", str(lake),
                        "--as-of", str(AS_OF), "--arrived-at", evening(AS_OF), "--quiet")


def fresh(folder: pathlib.Path) -> pathlib.Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


# -- results -----------------------------------------------------------------------------------


def versions() -> dict[str, str]:
    java = subprocess.run([os.environ.get("RECUPERO_JAVA") or (os.environ["JAVA_HOME"] + "/bin/java" if "JAVA_HOME" in os.environ else "java"), "-version"],
                          capture_output=True, text=True, check=False).stderr
    pom = (HOME / "pom.xml").read_text()
    found = {"java": (java.splitlines() or ["unknown"])[0]}
    for name in ("spark", "delta"):
        match = re.search(rf"<{name}\.version>([^<]+)<", pom)
        found[name] = match.group(1) if match else "unknown"
    for name in ("duckdb", "polars", "pyarrow", "pyspark"):
        found[name] = importlib.metadata.version(name)
    found["python"] = platform.python_version()
    commit = subprocess.run(["git", "-C", str(HOME), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    found["recupero"] = commit.stdout.strip() or "unknown"
    return found


def median_of(rows: list[dict], scenario: str, begins: str, invoices: int, ends: str | None = None) -> float | None:
    for row in rows:
        if row["scenario"] == scenario and row["invoices"] == invoices and row["side"].startswith(begins) and (ends is None or row["side"].endswith(ends)):
            if ends is None and row["side"].endswith("alone") and scenario == "marts":
                continue
            return row["median"]
    return None


def goals(rows: list[dict]) -> list[tuple[str, str, str, str]]:
    """Returns every goal with what was measured: (goal, limit, measured, reached)."""
    a, b, d = PEERS["duckdb_events"], PEERS["duckdb_snapshots"], PEERS["spark_sql"]
    sizes = sorted({row["invoices"] for row in rows})
    told: list[tuple[str, str, str, str]] = []

    def ratio(goal: str, limit: float, pairs: list[tuple[int, float | None, float | None]], at_least: bool = False) -> None:
        known = [(size, top / bottom) for size, top, bottom in pairs if top is not None and bottom]
        if not known:
            told.append((goal, f"{'at least' if at_least else 'at most'} {limit:g} x", "not measured", ""))
            return
        size, value = known[-1]
        reached = value >= limit if at_least else value <= limit
        # Below a million invoices starting up is most of the time; only snapshots are measured there on purpose.
        judged = "too small to judge" if size < 1_000_000 and "(b)" not in goal else "reached" if reached else "not reached"
        told.append((goal, f"{'at least' if at_least else 'at most'} {limit:g} x", f"{value:.2f} x at {size:,}", judged))

    def medians(scenario: str, top: tuple, bottom: tuple):
        return [(size, median_of(rows, scenario, top[0], size, *top[1:]), median_of(rows, scenario, bottom[0], size, *bottom[1:])) for size in sizes]

    ratio("marts from the ledger, against DuckDB (a)", 1.5, medians("marts", (OURS,), (a,)))
    ratio("pipeline from raw, against DuckDB (a)", 2.5, medians("pipeline", (OURS,), (a,)))
    ratio("night, against our own full rebuild", 0.15, medians("night", (f"{OURS}, the night",), (f"{OURS}, everything",)))
    ratio("night, against DuckDB (a) in full", 1.0, medians("night", (f"{OURS}, the night",), (a,)))
    daily = [(size, median_of(rows, "marts", b, size, "daily history alone"), median_of(rows, "marts", OURS, size)) for size in sizes
             if not any("month ends" in row["side"] and row["invoices"] == size for row in rows)]
    ratio("faster than snapshots (b), every day of the history", 20, daily, at_least=True)
    ratio("marts, faster than plain Spark SQL (d)", 3, medians("marts", (d,), (OURS,)), at_least=True)
    ratio("pipeline, faster than plain Spark SQL (d)", 3, medians("pipeline", (d,), (OURS,)), at_least=True)
    for scenario in ("marts", "pipeline"):
        timed = [(size, median_of(rows, scenario, OURS, size)) for size in sizes]
        timed = [(size, seconds) for size, seconds in timed if seconds and size >= 1_000_000]
        growth = [(timed[-1][0], timed[-1][1] / timed[-1][0], timed[0][1] / timed[0][0])] if len(timed) > 1 else []
        ratio(f"{scenario}, time per invoice at the largest size against the smallest", 1.1, growth)
    peaks = [row for row in rows if row["side"].startswith(OURS)]
    if peaks:
        most = max(peaks, key=lambda row: row["peak_gib"])
        told.append(("peak memory of ours, at every size", "under 4 GiB", f"{most['peak_gib']:.2f} GiB ({most['scenario']}, {most['invoices']:,})",
                     "reached" if most["peak_gib"] < 4 else "not reached"))
    ratio("from one core to two", 1.7, medians("cores", (f"{OURS}, 1 core",), (f"{OURS}, 2 cores",)), at_least=True)
    ratio("skewed against even", 1.3, medians("skew", (f"{OURS}, skewed",), (f"{OURS}, even",)))
    demo = median_of(rows, "demo", OURS, 6_000)
    told.append(("run on data-samples", "under 25 s", f"{demo:.1f} s" if demo else "not measured", ("reached" if demo < 25 else "not reached") if demo else ""))
    return told


def markdown(result: dict) -> str:
    machine, rows = result["machine"], result["rows"]
    lines = [f"# {result['name']}", "",
             f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB; {machine['system']}; load before: {machine['load_before']}.",
             ", ".join(f"{name} {version}" for name, version in result["versions"].items()) + ".", "",
             "| scenario | invoices | side | median s | min - max s | x ours | CPU s | peak GiB | runs |", "|---|---:|---|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        ours = next((r["median"] for r in rows if r["scenario"] == row["scenario"] and r["invoices"] == row["invoices"] and r["side"].startswith(OURS)), None)
        times = f"{row['median'] / ours:.2f}" if ours else ""
        lines.append(f"| {row['scenario']} | {row['invoices']:,} | {row['side']} | {row['median']:.2f} | {min(row['seconds']):.2f} - {max(row['seconds']):.2f} |"
                     f" {times} | {row['cpu_median']:.1f} | {row['peak_gib']:.2f} | {row['runs']} |")
    if result["failures"]:
        lines += ["", "## Failed", ""]
        lines += [f"- {one['scenario']}, {one['invoices']:,} invoices: {one['side']}: {one['why'].splitlines()[0]}" for one in result["failures"]]
    lines += ["", "## Equality", "", "| scenario | invoices | peer | cells compared | differences |", "|---|---:|---|---:|---|"]
    for one in result["equalities"]:
        lines.append(f"| {one['scenario']} | {one['invoices']:,} | {one['side']} | {one['cells']:,} | {'; '.join(one['differences']) or 'none'} |")
    lines += ["", "## Goals", "", "| goal | limit | measured | |", "|---|---|---|---|"]
    lines += [f"| {goal} | {limit} | {measured} | {reached} |" for goal, limit, measured, reached in result["goals"]]
    if result["notes"]:
        lines += ["", "## Notes", "", *(f"- {note}" for note in result["notes"])]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="marts,pipeline", help="one or several of " + ", ".join(SCENARIOS) + ", or all (default: marts,pipeline)")
    parser.add_argument("--sizes", default="1", help="millions of invoices, such as 1,3,10 or 0.1 (default: 1)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each side, in turn (default: 5)")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers (default: all of " + ", ".join(PEERS) + ")")
    parser.add_argument("--every-day", action="store_true", help="peer (b) makes every day at a million invoices and more, too")
    parser.add_argument("--short", action="store_true", help="20,000 invoices, one run")
    parser.add_argument("--name", help="name of the result's files (default: the scenarios and sizes)")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results", help="where the result goes (default: bench/results)")
    args = parser.parse_args()
    args.peers = [name for name in args.peers.split(",") if name]
    scenarios = SCENARIOS if args.scenario == "all" else args.scenario.split(",")
    wrong = [f"peer {name}" for name in args.peers if name not in PEERS] + [f"scenario {name}" for name in scenarios if name not in SCENARIOS]
    if wrong:
        parser.error("Invalid " + ", ".join(wrong) + f". Scenarios: {', '.join(SCENARIOS)}; peers: {', '.join(PEERS)}.")
    sizes = [20_000] if args.short else [round(float(size) * 1_000_000) for size in args.sizes.split(",")]
    args.runs = 1 if args.short else args.runs

    before = measure.machine()
    bench = Bench(args)
    # Builds, and lets the launcher leave its archive of classes: neither is part of any figure.
    measure.run(bench.samples(bench.work / "first"), env=settings(bench.cores))
    name = args.name or ("short-" if args.short else "") + "-".join(scenarios) + "-" + "-".join(f"{size / 1_000_000:g}m" for size in sizes)
    for scenario in scenarios:
        for size in sizes[:1] if scenario == "demo" else sizes:
            try:
                getattr(bench, "cores_" if scenario == "cores" else scenario)(size)
            except measure.Failed as why:
                bench.fail(scenario, size, "all", why)
            # After each, so that what was measured is there whatever ends the benchmark.
            write(args.results, name, before, bench)
    print("\n" + (args.results / f"{name}.md").read_text())
    for failure in bench.failures:
        say(f"FAILED: {failure['scenario']}, {failure['invoices']:,} invoices: {failure['side']}: {failure['why']}")
    different = [one for one in bench.equalities if one["differences"]]
    if different:
        say("NOT EQUAL: " + "; ".join(f"{one['scenario']}: {one['side']}: {', '.join(one['differences'])}" for one in different))
    if different or bench.failures:
        sys.exit(1)


def write(folder: pathlib.Path, name: str, machine: dict, bench: Bench) -> None:
    """Writes what was measured so far."""
    result = {"name": name, "machine": machine, "versions": versions(), "rows": bench.rows, "equalities": bench.equalities,
              "failures": bench.failures, "goals": goals(bench.rows), "notes": bench.notes}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    (folder / f"{name}.md").write_text(markdown(result))


if __name__ == "__main__":
    main()
