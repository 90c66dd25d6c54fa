"""What an analyst may send as a value, a label or a name: nothing that SQL could take for its own.

Dialects write such characters so that they mean themselves; this holds where one of them does not.
Values of data may have them. They are shown as they are; an analyst cannot filter by them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask_babel import get_locale

#: Backslash, backtick and control characters.
_REFUSED = re.compile(r"[\\`\x00-\x1f\x7f-\x9f]")
#: What is held against the charts' own SQL elsewhere, and texts that stand beside a query.
_ELSEWHERE = {"sqlExpression", "where", "having", "having_druid", "description", "verbose_name", "expression"}
_SAID = {
    "es": (
        "No se puede consultar con {}: lleva una barra inversa, un acento grave o un carácter de control, "
        "que un analista no puede enviar. Elija otro valor, o filtre por otra columna."
    ),
    "en": (
        "Cannot ask with {}: it has a backslash, a backtick or a control character, which an analyst may not "
        "send. Choose another value, or filter by another column."
    ),
}


def refusal(queries: Any) -> str | None:
    """Returns why an analyst's queries are not answered, in the language of their page, or None."""
    found = next((text for text in _texts(queries) if _REFUSED.search(text)), None)
    if found is None:
        return None
    language = str(get_locale() or "en")[:2]
    shown = json.dumps(found[:60], ensure_ascii=False)
    return _SAID.get(language, _SAID["en"]).format(shown)


def _texts(value: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _ELSEWHERE:
                yield from _texts(key)
                yield from _texts(inner, seen)
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield from _texts(inner, seen)
    elif type(value).__name__ == "QueryObject" and id(value) not in seen:
        for name, inner in vars(value).items():
            if name != "datasource":
                yield from _texts(inner, seen | {id(value)})
