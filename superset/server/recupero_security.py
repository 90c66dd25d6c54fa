"""What Superset's own rules leave open: an analyst asks what charts ask, and types no SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import g
from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager
from superset.utils import json

ANALYST_ROLE = "recupero_analyst"
#: What Superset itself asks to tell how many rows there are behind a figure.
_COUNT = "COUNT(*)"
#: What a query's parts are searched for: the fields of a query that SQL can stand in.
_CLAUSES = ("where", "having", "having_druid")


class RecuperoSecurityManager(SupersetSecurityManager):
    """Superset's security manager, stricter to analysts.

    Superset lets whoever may see a chart's data send the chart's request with SQL of their own in it:
    a metric, a column, a condition. The rule about rows holds there too, but settings, paths and
    other things that functions tell would be open, and the rule would be all there is. So an
    analyst's request has the SQL of the dashboards' own charts or none.
    """

    def raise_for_access(self, *args: Any, **kwargs: Any) -> None:
        super().raise_for_access(*args, **kwargs)
        query_context = kwargs.get("query_context")
        if query_context is not None and self._is_analyst():
            typed = set(_sql_of(query_context.queries)) - _names(query_context.datasource)
            typed = typed and typed - self._sql_of_charts()
            if typed:
                raise SupersetSecurityException(
                    SupersetError(
                        error_type=SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR,
                        message="Cannot answer SQL of an analyst: " + "; ".join(sorted(typed)),
                        level=ErrorLevel.ERROR,
                    )
                )

    def _is_analyst(self) -> bool:
        names = {role.name for role in self.get_user_roles(g.user)} if hasattr(g, "user") else set()
        return ANALYST_ROLE in names

    def _sql_of_charts(self) -> set[str]:
        """Returns the SQL that stands in saved charts; analysts can save none themselves."""
        from superset.models.slice import Slice

        found = set(_pieces(_COUNT))
        for params, query_context in self.session.query(Slice.params, Slice.query_context).all():
            for text in (params, query_context):
                if text and ("sqlExpression" in text or any(f'"{clause}"' in text for clause in _CLAUSES)):
                    found.update(_sql_of(json.loads(text)))
        return found


def _names(datasource: Any) -> set[str]:
    # An axis is sent as an expression that is a column's name.
    return {column.column_name for column in getattr(datasource, "columns", None) or ()}


def _sql_of(value: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Walks a request or a chart and gives every piece of SQL in it, alike however it is spaced."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("sqlExpression", *_CLAUSES) and isinstance(inner, str):
                yield from _pieces(inner)
            else:
                yield from _sql_of(inner, seen)
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield from _sql_of(inner, seen)
    elif type(value).__name__ == "QueryObject" and id(value) not in seen:
        for name, inner in vars(value).items():
            if name != "datasource":
                yield from _sql_of(inner, seen | {id(value)})


def _pieces(sql: str) -> Iterator[str]:
    # The browser joins the conditions of a chart as (a) AND (b); a saved chart has a and b.
    for piece in re.split(r"\)\s+AND\s+\(", sql):
        plain = " ".join(piece.split()).strip("() ")
        if plain:
            yield plain
