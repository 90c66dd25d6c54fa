"""SQLAlchemy's way to Spark and Hive, with values and names that cannot end their own quotes.

PyHive's dialect writes a value as every other database takes it, with its quotes doubled and its
backslashes as they are. To Spark and Hive a backslash is an escape: a value that ends in one takes
the closing quote with it, and what follows is SQL. Names have backticks around them and none of
theirs is doubled. Importing this module puts another dialect in the place of PyHive's, in this
process, and gives it a name of its own beside: a database of `hive+recupero://` cannot be asked
anything where this module is not loaded, so nobody is left with the other one unawares.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

from pyhive import hive
from pyhive import sqlalchemy_hive as pyhive_dialect
from sqlalchemy import text, types
from sqlalchemy.dialects import registry
from sqlalchemy.sql.compiler import SQLCompiler


def quoted(value: str) -> str:
    """Returns a text as a literal of Spark and Hive."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


class Text(types.String):
    """What is asked for the literal of a text, past the compiler too."""

    def literal_processor(self, dialect: Any) -> Any:
        doubled = dialect.identifier_preparer._double_percents
        return lambda value: quoted(value.replace("%", "%%") if doubled else value)


class Compiler(pyhive_dialect.HiveCompiler):
    def render_literal_value(self, value: Any, type_: Any) -> str:
        # A text is written as a text whatever the type of its column: a number's would be bare.
        if isinstance(value, str):
            return Text().literal_processor(self.dialect)(value)
        return super().render_literal_value(value, type_)

    def visit_column(self, column: Any, *arguments: Any, **more: Any) -> str:
        # PyHive cuts at the first dot, wherever it stands: in a name, it would cut within quotes.
        written = SQLCompiler.visit_column(self, column, *arguments, **more)
        schema = getattr(column.table, "schema", None)
        return written.removeprefix(self.preparer.quote_schema(schema) + ".") if schema else written


class Names(pyhive_dialect.HiveIdentifierPreparer):
    def __init__(self, dialect: Any) -> None:
        super().__init__(dialect)
        self.escape_quote, self.escape_to_quote = "`", "``"


class Connection(hive.Connection):
    """A connection whose statements have a place among so many, where the program's own server asks."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        self._place = ExitStack()
        self._placed = "RECUPERO_SUPERSET_HOME" not in os.environ
        super().__init__(*arguments, **more)

    def cursor(self, *arguments: Any, **more: Any) -> "Cursor":
        return Cursor(self, *arguments, **more)

    def take_place(self) -> None:
        if not self._placed:
            from recupero_queries import SECONDS, Slots, is_own

            self._place.enter_context(Slots("own" if is_own() else "typed").one(SECONDS))
            self._placed = True

    def close(self) -> None:
        with self._place:
            super().close()


class Cursor(hive.Cursor):
    def execute(self, operation: str, parameters: Any = None, **more: Any) -> None:
        self._connection.take_place()
        super().execute(operation, parameters, **more)

    def _fetch_more(self) -> None:
        try:
            super()._fetch_more()
        except hive.OperationalError:
            if self.poll().operationState != hive.ttypes.TOperationState.TIMEDOUT_STATE:
                raise
            raise hive.OperationalError(
                "Stopped: the server's longest time for a question is over (RECUPERO_QUERY_SECONDS, 60 seconds "
                "unless said otherwise). Ask for fewer rows or columns, or group them first."
            ) from None


def marked(sql: str, database: Any = None, **_: Any) -> str:
    """Superset's SQL_QUERY_MUTATOR: tells the program's Thrift Server whose a statement is."""
    if getattr(database, "backend", None) != "hive":
        return sql
    from recupero_queries import is_own

    return f"/* recupero:{'own' if is_own() else 'typed'} */ {sql}"


class HiveDialect(pyhive_dialect.HiveDialect):
    statement_compiler = Compiler
    preparer = Names
    colspecs = {types.String: Text}

    def connect(self, *arguments: Any, **more: Any) -> Any:
        if "`" in (more.get("database") or ""):  # PyHive puts it between two of them
            raise ValueError("A schema's name has a backtick.")
        return Connection(*arguments, **more)

    def get_table_names(self, connection: Any, schema: str | None = None, **more: Any) -> list[str]:
        # Hive gives the name alone; Spark gives the schema before it.
        query = "SHOW TABLES" + (f" IN {self.identifier_preparer.quote_identifier(schema)}" if schema else "")
        return [row[1] if len(row) > 1 else row[0] for row in connection.execute(text(query))]

    def _get_table_columns(self, connection: Any, table_name: str, schema: str | None) -> Any:
        quote = self.identifier_preparer.quote_identifier
        return super()._get_table_columns(connection, quote(table_name), quote(schema) if schema else None)


class HiveHTTPDialect(HiveDialect, pyhive_dialect.HiveHTTPDialect):
    pass


class HiveHTTPSDialect(HiveDialect, pyhive_dialect.HiveHTTPSDialect):
    pass


for _name, _dialect in {
    "hive": "HiveDialect",
    "hive.recupero": "HiveDialect",
    "hive.http": "HiveHTTPDialect",
    "hive.https": "HiveHTTPSDialect",
}.items():
    registry.register(_name, __name__, _dialect)
