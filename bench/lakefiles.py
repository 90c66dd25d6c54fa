"""The Parquet files of Delta tables, for readers that have no Delta of their own."""

import json
import pathlib
import urllib.parse


def release(lake: pathlib.Path) -> dict:
    """Returns the last release of a lake: its as-of date and the version of every table."""
    releases = sorted((lake / "releases").glob("*.json"), key=lambda file: int(file.stem))
    if not releases:
        raise SystemExit(f"Cannot find a release in {lake}. Run ./recupero run on it first.")
    return json.loads(releases[-1].read_text())


def files(lake: pathlib.Path, table: str, version: int) -> list[str]:
    """Returns the Parquet files that make up a version of a table such as ledger.events.

    Fails where a plain reader of these files would be wrong: partition columns, renamed columns,
    deletion vectors, or a log that is cut off by a checkpoint.
    """
    folder = lake.joinpath(*table.split("."))
    alive: dict[str, None] = {}
    for number in range(version + 1):
        commit = folder / "_delta_log" / f"{number:020d}.json"
        if not commit.exists():
            raise SystemExit(f"Cannot read {folder}: commit {number} is gone. Rebuild the lake.")
        for line in commit.read_text().splitlines():
            action = json.loads(line)
            if "metaData" in action:
                meta = action["metaData"]
                mapping = meta.get("configuration", {}).get("delta.columnMapping.mode", "none")
                if meta.get("partitionColumns") or mapping != "none":
                    raise SystemExit(f"Cannot read {folder} as plain Parquet: it is partitioned or mapped.")
            elif "add" in action:
                if action["add"].get("deletionVector"):
                    raise SystemExit(f"Cannot read {folder} as plain Parquet: it has deletion vectors.")
                alive[urllib.parse.unquote(action["add"]["path"])] = None
            elif "remove" in action:
                alive.pop(urllib.parse.unquote(action["remove"]["path"]), None)
    return [str((folder / path).resolve()) for path in alive]


def released(lake: pathlib.Path, table: str) -> list[str]:
    """Returns the files of a table as the lake's last release names it; none where it has none."""
    versions = release(lake)["tables"]
    return files(lake, table, versions[table]) if table in versions else []
