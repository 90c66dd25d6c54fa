"""Prints the SQL that gives one line for each table of a release: rows, and two sums over their hashes.

Called with a release's file and the folder of the contracts. In the sums no order counts. A mart is
deltas that add up, and how many rows a cell has depends on the number of tasks: its cells are added
up first. The run log holds seconds, and is left out.
"""

import json
import pathlib
import sys

import yaml

NOT_COMPARED = "gold.run_log"


def roles(contract: dict) -> dict[str, str]:
    """Returns the role of each column of a mart; of other tables nothing."""
    return {
        column["name"]: prop["value"]
        for column in contract["schema"][0]["properties"]
        for prop in column.get("customProperties", [])
        if prop["property"] == "role"
    }


def rows(table: str, contracts: pathlib.Path) -> str:
    file = contracts / f"{table}.yaml"
    role = roles(yaml.safe_load(file.read_text())) if file.exists() else {}
    parts = [name for name, what in role.items() if what in ("amount", "count")]
    if not parts or "day" not in role.values():
        return f"SELECT * FROM {table}"
    keys = ", ".join(name for name in role if name not in parts)
    sums = ", ".join(f"sum({part}) AS {part}" for part in parts)
    some = " OR ".join(f"sum({part}) <> 0" for part in parts)
    return f"SELECT {keys}, {sums} FROM {table} GROUP BY {keys} HAVING {some}"


def main(release: pathlib.Path, contracts: pathlib.Path) -> None:
    tables = [name for name in json.loads(release.read_text())["tables"] if name != NOT_COMPARED]
    hashed = "xxhash64(to_json(struct(*)))"
    print(
        " UNION ALL ".join(
            f"SELECT '{table}' AS name, count(*) AS n, bit_xor({hashed}) AS x,"
            f" sum(CAST({hashed} AS DECIMAL(38, 0))) AS s FROM ({rows(table, contracts)})"
            for table in tables
        )
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
