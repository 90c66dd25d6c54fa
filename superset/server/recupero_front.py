"""Superset's front door: few wrong passwords, and no names of users for whoever only reads.

Superset says with each chart and dashboard who owns and changed it, and offers lists of users to
filter by. An analyst needs none of it: what tells of users is taken out of all answers, whichever
of Superset's interfaces gives them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request

#: So many wrong passwords of one user, or of users that are not there, in so many seconds.
WRONG = 5
WITHIN = 15 * 60

_LISTS_OF_USERS = re.compile(r"^/api/v1/[^/]+/(related|distinct)/(owners|user|.*_by)/?$")
_OF_USERS = re.compile(r"owners?|user|user_id|(changed|created|modified|last_saved)_by.*|creator")
_OWN = ("/api/v1/me",)
_FIGURES = ("/api/v1/chart/data", "/datasource/samples")


class WrongPasswords:
    """How often a wrong password was given of late; all processes of a server count together."""

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file, self._now = file, now

    def too_many(self, user: str) -> bool:
        """Tells whether this user must wait; so long, the right password is refused too."""
        return len(self._change(lambda found: None).get(_key(user), [])) >= WRONG

    def wrong(self, user: str) -> None:
        self._change(lambda found: found.setdefault(_key(user), []).append(self._now()))

    def right(self, user: str) -> None:
        self._change(lambda found: found.pop(_key(user), None))

    def _change(self, change: Callable[[dict[str, list[float]]], Any]) -> dict[str, list[float]]:
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                before = json.load(file)
            except ValueError:  # new, or a process ended while writing
                before = {}
            since = self._now() - WITHIN
            found = {key: late for key, times in before.items() if (late := [at for at in times if at > since])}
            change(found)
            if found != before:
                file.seek(0)
                file.truncate()
                json.dump(found, file)
            return found


def _key(user: str) -> str:
    # A name that somebody typed may be a password in the wrong field.
    return hashlib.sha256(user.encode()).hexdigest()


def guard(app: Flask, is_analyst: Callable[[], bool]) -> None:
    """Keeps names of users from analysts."""

    @app.before_request
    def _no_lists() -> Response | None:
        if _LISTS_OF_USERS.match(request.path) and is_analyst():
            return jsonify(count=0, result=[])
        return None

    @app.after_request
    def _no_names(response: Response) -> Response:
        wanted = not request.path.startswith(_OWN + _FIGURES)
        if wanted and response.is_json and not response.direct_passthrough and is_analyst():
            response.set_data(json.dumps(without_users(json.loads(response.get_data())), ensure_ascii=False))
        return response


def without_users(value: Any) -> Any:
    """Returns an answer in which fields that tell of users are empty, in the shape that pages expect."""
    if isinstance(value, dict):
        return {key: _empty(inner) if _OF_USERS.fullmatch(key) else without_users(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_users(inner) for inner in value]
    return value


def _empty(value: Any) -> Any:
    if isinstance(value, list):
        return []
    return "" if isinstance(value, str) else None


def quiet(assets: Path) -> None:
    """Takes out of Superset's pages the picture of another server by which they are counted."""
    counted = b"https://apachesuperset.gateway.scarf.sh/pixel/"
    for page in assets.glob("*.js"):
        content = page.read_bytes()
        if counted in content:
            draft = page.with_suffix(".new")
            draft.write_bytes(content.replace(counted, b"data:,"))
            os.replace(draft, page)
