"""Who may see what: the file of users, roles and portfolios that a company writes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ANALYST = "analyst"
SCIENTIST = "data_scientist"
ADMIN = "admin"
ROLES = (ANALYST, SCIENTIST, ADMIN)
#: The word that grants every portfolio, those to come too, and rows without a portfolio.
ALL = "all"


class InvalidAccess(Exception):
    """Everything that is wrong with the file, a line each."""


@dataclass(frozen=True)
class User:
    """A person. Portfolios are those an analyst is granted: a tuple, or None for all."""

    name: str
    role: str
    portfolios: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Access:
    users: tuple[User, ...]

    @staticmethod
    def read(path: Path | None) -> "Access":
        """Reads a file; without one there is one user of each role, the analyst with all portfolios."""
        if path is None:
            return Access((User("admin", ADMIN), User("scientist", SCIENTIST), User("analyst", ANALYST)))
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except (OSError, UnicodeDecodeError) as problem:
            raise InvalidAccess(f"Cannot read {path}: {problem}") from problem
        except yaml.YAMLError as problem:
            mark = getattr(problem, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise InvalidAccess(f"{path}:{line}: this is not YAML: {getattr(problem, 'problem', problem)}") from problem
        return _Reader(path).access(root)

    def portfolios(self) -> set[str]:
        return {portfolio for user in self.users for portfolio in user.portfolios or ()}


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: list[str] = []

    def access(self, root: yaml.Node | None) -> Access:
        users: list[User] = []
        entries = dict(self._pairs(root, {"users"}, "the file"))
        listed = entries.get("users")
        if isinstance(listed, yaml.SequenceNode):
            users = [user for node in listed.value if (user := self._user(node))]
        else:
            self._say(root, "`users:` must be a list, such as superset/access.example.yaml has.")
        names = [user.name for user in users]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._say(listed, f"the user {name} is there twice. Leave one of them.")
        if users and not any(user.role == ADMIN for user in users):
            self._say(listed, f"nobody is {ADMIN}. Give one user `role: {ADMIN}`.")
        if self._problems:
            raise InvalidAccess("\n".join(self._problems))
        return Access(tuple(users))

    def _user(self, node: yaml.Node) -> User | None:
        before = len(self._problems)
        entry = dict(self._pairs(node, {"user", "role", "portfolios"}, "a user"))
        name, role = self._text(entry.get("user")), self._text(entry.get("role"))
        if not name:
            self._say(node, "a user has no name. Write `user: name`.")
        if name == "recupero":
            self._say(entry["user"], "the name recupero is the owner's of the dashboards. Choose another one.")
        if role not in ROLES:
            self._say(entry.get("role", node), f"the role {role or '(none)'} is unknown. {_near(role, ROLES)}")
        portfolios = self._portfolios(entry.get("portfolios"), node, role)
        return User(name, role, portfolios) if name and role and len(self._problems) == before else None

    def _portfolios(self, node: yaml.Node | None, user: yaml.Node, role: str | None) -> tuple[str, ...] | None:
        if node is None:
            if role == ANALYST:
                self._say(user, f"an analyst has no portfolios. Write `portfolios: [ID, ...]`, or `portfolios: {ALL}`.")
            return None
        if role != ANALYST:
            self._say(node, f"portfolios are for the role {ANALYST}; {role} sees all. Take the line away.")
        if isinstance(node, yaml.ScalarNode) and node.value == ALL:
            return None
        if not isinstance(node, yaml.SequenceNode) or not all(self._text(item) for item in node.value):
            self._say(node, f"`portfolios:` must be a list of ids, or the word {ALL}.")
            return None
        return tuple(dict.fromkeys(str(self._text(item)) for item in node.value))

    def _pairs(self, node: yaml.Node | None, known: set[str], where: str) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f"{where} must be keys and values.")
            return []
        for key, _ in node.value:
            if key.value not in known:
                self._say(key, f"the key {key.value} is unknown. {_near(key.value, sorted(known))}")
        return [(str(key.value), value) for key, value in node.value]

    @staticmethod
    def _text(node: yaml.Node | None) -> str | None:
        # An id such as 007 stays as it is written; YAML would make a number of it.
        return node.value.strip() or None if isinstance(node, yaml.ScalarNode) else None

    def _say(self, node: Any, what: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self._problems.append(f"{self._path}:{line}: {what}")


def _near(word: str | None, known: Any) -> str:
    close = difflib.get_close_matches(word or "", list(known), 1)
    return f"Did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
