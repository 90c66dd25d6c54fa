"""What SQL of people may read in DuckDB: tables of the release, and nothing that tells of the machine.

DuckDB's own parser says what a text asks for, so no spelling gets past: a quoted name, a comment, a
view of the catalog without parentheses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

#: Functions in place of a table that read nothing.
_TABLE_FUNCTIONS = {"range", "generate_series", "unnest", "repeat", "repeat_row"}
#: Functions that tell of the server, its settings and its catalog, or that run a text as SQL.
_TELLING = re.compile(
    r"(duckdb|pg|pragma)_.*|getenv|current_(setting|query|connection_id|transaction_id)|txid_current|getvariable"
    r"|which_secret|.*write_log|parse_duckdb_log_message|query(_table)?|json_(de)?serialize_(sql|plan)"
    r"|json_execute_serialized_sql|.*_description|in_search_path|current_schemas"
)

_OF_FILE = re.compile(r"[./\\:*?\[]")


class SqlRefused(Exception):
    """A text asks for something that is not of the release; the message names that alone."""


class Catalog:
    """The tables that may be read: those that the serving file itself has."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        found = connection.execute(
            "SELECT lower(schema_name), lower(view_name), internal FROM duckdb_views() "
            "UNION ALL SELECT lower(schema_name), lower(table_name), internal FROM duckdb_tables()"
        ).fetchall()
        self._tables = {(schema, name) for schema, name, internal in found if not internal}
        self._names = {name for _, name in self._tables}
        self._internal = {name for _, name, internal in found if internal}
        self._database = str(connection.execute("SELECT current_database()").fetchall()[0][0]).lower()

    def check(self, connection: duckdb.DuckDBPyConnection, sql: str) -> None:
        """Refuses a text that is no query, or reads more than the tables of the release."""
        if "\0" in sql:  # where it ends a text for one, it does not for another
            raise SqlRefused("Refused: this is no SQL of DuckDB.")
        literal = "'" + sql.replace("'", "''") + "'"
        said = connection.execute(f"SELECT json_serialize_sql({literal})").fetchall()[0][0]
        parsed = json.loads(said)
        if parsed["error"]:
            if parsed["error_type"] == "not implemented":
                raise SqlRefused("Refused: only queries (SELECT, FROM, WITH) are answered here.")
            raise SqlRefused(f"Refused: this is no SQL of DuckDB: {parsed['error_message']}")
        parts = list(_dicts(parsed["statements"]))
        ctes = {entry["key"].lower() for part in parts for entry in part.get("map") or () if isinstance(entry, dict)}
        for part in parts:
            # Out of its scope the name of a CTE is no CTE: it may be no view of the catalog, and no file.
            self._check(part, {name for name in ctes - self._internal if not _OF_FILE.search(name)})

    def _check(self, part: dict[str, Any], ctes: set[str]) -> None:
        kind = part.get("type")
        if kind == "SHOW_REF":
            raise SqlRefused("Refused: only queries (SELECT, FROM, WITH) are answered here.")
        if kind == "BASE_TABLE" and not self._is_ours(part, ctes):
            raise SqlRefused(f"Refused: {_full(part)} is no table of the release.")
        if kind == "TABLE_FUNCTION" and str(part["function"]["function_name"]).lower() not in _TABLE_FUNCTIONS:
            raise SqlRefused(f"Refused: {part['function']['function_name']}() is not for queries.")
        name = part.get("function_name")
        if name and _TELLING.fullmatch(name.lower()):
            raise SqlRefused(f"Refused: {name}() is not for queries.")

    def _is_ours(self, table: dict[str, Any], ctes: set[str]) -> bool:
        catalog, schema, name = (table[key].lower() for key in ("catalog_name", "schema_name", "table_name"))
        if schema:
            # Of two names the first may be a database, whose tables are in its schema `main`.
            return catalog in ("", self._database) and (schema, name) in self._tables
        return name in ctes or (name in self._names and name not in self._internal)


def _full(table: dict[str, Any]) -> str:
    return ".".join(table[key] for key in ("catalog_name", "schema_name", "table_name") if table[key])


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:  # no recursion: a text may nest deeply
        inner = waiting.pop()
        if isinstance(inner, dict):
            yield inner
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
