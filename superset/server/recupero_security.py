"""What Superset's own rules leave open: an analyst asks what charts ask, and types no SQL."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import flash, g
from recupero_front import WrongPasswords, guard
from recupero_queries import OWN
from recupero_words import refusal
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
    analyst's request has the SQL of the program's own charts or none.
    """

    def raise_for_access(self, *args: Any, **kwargs: Any) -> None:
        super().raise_for_access(*args, **kwargs)
        query_context = kwargs.get("query_context")
        chart = kwargs.get("chart")
        if query_context is not None:
            if self.is_analyst() and (why := refusal(query_context.queries)):
                _refuse(why)
            typed = set(_sql_of(query_context.queries)) - _names(query_context.datasource)
            typed = typed and typed - self._sql_of_charts()
            if typed and self.is_analyst():
                _refuse("Cannot answer SQL of an analyst: " + "; ".join(sorted(typed)))
            # All that a request asks must be the program's own, for its queries to count as such.
            own = not typed and is_programs("datasets", query_context.datasource)
            setattr(g, OWN, own and g.get(OWN, True))
        if kwargs.get("viz") is not None and self.is_analyst():
            _refuse("Cannot answer a request of Superset's former kind of charts: the program has none.")
        if chart is not None and self.is_analyst() and not is_programs("charts", chart):
            _refuse("Cannot show an analyst a chart that is not of the program.")

    def auth_user_db(self, username: str | None, password: str | None) -> Any:
        # The form and the API both come here. Names that are nobody's count as one.
        found = username and (self.find_user(username=username) or self.find_user(email=username))
        user = str(found.id) if found else "nobody"
        wrong = WrongPasswords(_home() / "logins.json")
        if wrong.too_many(user):
            flash("Too many wrong passwords. Wait a quarter of an hour. / Demasiadas claves erradas: espere un cuarto de hora.")
            return None
        entered = super().auth_user_db(username, password)
        if entered:
            wrong.right(user)
        else:
            wrong.wrong(user)
        return entered

    def is_analyst(self) -> bool:
        """Tells whether who asks is an analyst."""
        names = {role.name for role in self.get_user_roles(g.user)} if hasattr(g, "user") else set()
        return ANALYST_ROLE in names

    def _sql_of_charts(self) -> set[str]:
        """Returns the SQL that stands in the program's own charts."""
        from superset.models.slice import Slice

        found = set(_pieces(_COUNT))
        ours = Slice.uuid.in_(imported("charts"))
        for params, query_context in self.session.query(Slice.params, Slice.query_context).filter(ours).all():
            for text in (params, query_context):
                if text and ("sqlExpression" in text or any(f'"{clause}"' in text for clause in _CLAUSES)):
                    found.update(_sql_of(json.loads(text)))
        return found


def _refuse(why: str) -> None:
    kind = SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR
    raise SupersetSecurityException(SupersetError(error_type=kind, message=why, level=ErrorLevel.ERROR))


def imported(kind: str) -> set[UUID]:
    """Returns the uuids of the charts, datasets or dashboards that the program brought in.

    Whom they belong to says less: whoever makes a chart may name anybody as its owner.
    """
    memory = _home() / "imported.json"
    if not memory.exists():
        return set()
    return {UUID(uuid) for uuid in json.loads(memory.read_text(encoding="utf-8")).get(kind, [])}


def keep_names(app: Any) -> None:
    """Superset's FLASK_APP_MUTATOR: keeps names of users from analysts."""
    guard(app, lambda: app.appbuilder.sm.is_analyst())


def _home() -> Path:
    return Path(os.environ["RECUPERO_SUPERSET_HOME"])


def is_programs(kind: str, thing: Any) -> bool:
    """Tells whether a chart or dataset is the program's own."""
    return getattr(thing, "uuid", None) in imported(kind)


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
