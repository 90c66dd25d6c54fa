"""Roles, users and rules of rows, brought to what the access file says.

analyst          reads the dashboards: no SQL, no writing, rows of the granted portfolios alone
data_scientist   SQL Lab over the release, reads everything, makes charts of their own
admin            Superset's own administrator

What an analyst may see is decided by leave, never by absence: a dataset without a portfolio in its
rows is closed to analysts of single portfolios unless it is marked as everybody's.
"""

from __future__ import annotations

import json
import secrets as random
from typing import Any

from recupero_access import ADMIN, ANALYST, SCIENTIST, Access, InvalidAccess, User
from recupero_security import ANALYST_ROLE, is_programs
from superset import db
from superset.connectors.sqla.models import RowLevelSecurityFilter, SqlaTable
from superset.models.core import Database
from superset.utils.core import RowLevelSecurityFilterType

ALL_ROLE = "recupero_all_portfolios"
SCIENTIST_ROLE = "recupero_data_scientist"
PORTFOLIO_ROLE = "recupero_portfolio_"
#: A name that the access file may not give to a person.
OWNER = "recupero"
#: The column by which rows are granted.
PORTFOLIO = "portfolio_id"

#: Beyond what Superset lets the public of a dashboard do: its language, the rows behind a figure.
_ANALYST_ALSO = {
    ("can_language_pack", "Superset"),
    ("can_read", "AvailableDomains"),
    ("can_read", "Dataset"),
    ("can_get_drill_info", "Dataset"),
    ("can_drill", "Dashboard"),
    ("can_log", "Superset"),
    ("can_view_chart_as_table", "Dashboard"),
    ("can_samples", "Datasource"),
    ("can_get_column_values", "Datasource"),
    ("can_recent_activity", "Log"),
    ("can_read", "SecurityRestApi"),
    ("can_read", "Tag"),
    ("can_userinfo", "UserDBModelView"),
    ("resetmypassword", "UserDBModelView"),
    ("can_this_form_get", "ResetMyPasswordView"),
    ("can_this_form_post", "ResetMyPasswordView"),
    ("menu_access", "Dashboards"),
    ("can_list", "Dashboard"),
}

#: A former interface, which takes SQL, and for which the program has no charts.
_NOT_ANALYST = {("can_explore_json", "Superset")}


class Roles:
    """The roles of one Superset, through its security manager."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager

    def superset_own(self) -> None:
        """Makes Superset's own permissions and roles, as `superset init` does."""
        self._manager.appbuilder.add_permissions(update_perms=True)
        self._manager.sync_role_definitions()

    def owner(self) -> Any:
        """Returns the user that the dashboards belong to: an administrator whom nobody can log in as."""
        user = self._manager.find_user(username=OWNER)
        if user is None:
            admin = [self._role("Admin")]
            password = random.token_urlsafe(48)
            user = self._manager.add_user(OWNER, OWNER, "", f"{OWNER}@localhost.invalid", admin, password=password)
        user.active = False
        db.session.commit()
        return user

    def users(self, access: Access, keep: Any) -> dict[str, str]:
        """Makes the users that are missing and returns their passwords; the others keep theirs.

        A user of an earlier file that is no longer there is switched off.
        """
        new: dict[str, str] = {}
        for wanted in access.users:
            roles = [self._role(name) for name in _roles_of(wanted)]
            user = self._manager.find_user(username=wanted.name)
            if user is None:
                new[wanted.name] = random.token_urlsafe(15)
                email = f"{wanted.name}@localhost.invalid"
                self._manager.add_user(wanted.name, wanted.name, "", email, roles, password=new[wanted.name])
            else:
                user.roles = roles
                user.active = True
        names = {user.name for user in access.users}
        for gone in set(keep.list("users")) - names:
            user = self._manager.find_user(username=gone)
            if user is not None:
                user.active = False
                user.roles = []
        keep.put("users", sorted(names))
        db.session.commit()
        return new

    def new_password(self, name: str) -> dict[str, str]:
        """Gives a user another password and returns it."""
        user = self._manager.find_user(username=name)
        if user is None:
            raise InvalidAccess(f"Cannot give {name} a new password: there is no such user.")
        password = random.token_urlsafe(15)
        self._manager.reset_password(user.id, password)
        return {name: password}

    def grant(self, access: Access) -> None:
        """Gives each role what it may do and see, in one transaction: never the one without the other."""
        datasets = db.session.query(SqlaTable).all()
        by_portfolio = [dataset for dataset in datasets if _has_portfolio(dataset)]
        everybodys = [dataset for dataset in datasets if _is_everybodys(dataset)]
        # What people made is not for analysts: their SQL may show anything under a portfolio's name.
        ours = [dataset for dataset in by_portfolio + everybodys if is_programs("datasets", dataset)]
        others = [dataset for dataset in datasets if dataset not in by_portfolio + everybodys]

        self._rules(access, by_portfolio)
        analyst = set(self._manager.PUBLIC_ROLE_PERMISSIONS) - _NOT_ANALYST | _ANALYST_ALSO
        self._set(ANALYST_ROLE, analyst | _reading(ours))
        self._set(ALL_ROLE, _reading([dataset for dataset in others if is_programs("datasets", dataset)]))
        gamma = {(p.permission.name, p.view_menu.name) for p in self._manager.find_role("Gamma").permissions}
        sql_lab = {(p.permission.name, p.view_menu.name) for p in self._manager.find_role("sql_lab").permissions}
        databases = {("database_access", database.perm) for database in db.session.query(Database).all()}
        self._set(SCIENTIST_ROLE, gamma | sql_lab | databases | _reading(datasets))
        db.session.commit()

    def _rules(self, access: Access, datasets: list[SqlaTable]) -> None:
        names = sorted(access.portfolios())
        granted = [self._role(PORTFOLIO_ROLE + name) for name in names]
        # Whoever has no grant sees nothing. The rules of several grants are joined by OR.
        free = [self._role(name) for name in (ALL_ROLE, SCIENTIST_ROLE, "Admin")]
        self._rule("recupero: nobody without a grant", RowLevelSecurityFilterType.BASE, "1 = 0", free + granted, datasets)
        for name, role in zip(names, granted):
            clause = f"{PORTFOLIO} = {_literal(name)}"
            self._rule(f"recupero: {name}", RowLevelSecurityFilterType.REGULAR, clause, [role], datasets)
        wanted = {"recupero: nobody without a grant", *(f"recupero: {name}" for name in names)}
        for rule in db.session.query(RowLevelSecurityFilter).all():
            if rule.name.startswith("recupero: ") and rule.name not in wanted:
                db.session.delete(rule)

    def _rule(self, name: str, kind: Any, clause: str, roles: list[Any], datasets: list[SqlaTable]) -> None:
        rule = db.session.query(RowLevelSecurityFilter).filter_by(name=name).one_or_none()
        if rule is None:
            rule = RowLevelSecurityFilter(name=name)
            db.session.add(rule)
        rule.filter_type = kind
        rule.group_key = PORTFOLIO
        rule.clause = clause
        rule.roles = roles
        rule.tables = datasets

    def _role(self, name: str) -> Any:
        return self._manager.add_role(name)  # finds it where it is there

    def _set(self, name: str, wanted: set[tuple[str, str]]) -> None:
        found = (self._manager.find_permission_view_menu(*pair) for pair in sorted(wanted))
        self._role(name).permissions = [pair for pair in found if pair is not None]


def _roles_of(user: User) -> list[str]:
    if user.role == ADMIN:
        return ["Admin"]
    if user.role == SCIENTIST:
        return [SCIENTIST_ROLE]
    assert user.role == ANALYST
    if user.portfolios is None:
        return [ANALYST_ROLE, ALL_ROLE]
    return [ANALYST_ROLE, *(PORTFOLIO_ROLE + portfolio for portfolio in user.portfolios)]


def _reading(datasets: list[SqlaTable]) -> set[tuple[str, str]]:
    return {("datasource_access", dataset.get_perm()) for dataset in datasets}


def _literal(text: str) -> str:
    """Returns SQL for a text that every engine reads alike: a backslash is an escape to some."""
    pieces = ["'" + piece.replace("'", "''") + "'" for piece in text.split("\\")]
    return pieces[0] if len(pieces) == 1 else "CONCAT(" + ", CHR(92), ".join(pieces) + ")"


def _has_portfolio(dataset: SqlaTable) -> bool:
    return any(column.column_name == PORTFOLIO for column in dataset.columns)


def _is_everybodys(dataset: SqlaTable) -> bool:
    """Whether the generator marked a dataset without portfolios as fit for everybody's eyes."""
    extra = dataset.extra
    values = json.loads(extra) if isinstance(extra, str) and extra else extra or {}
    return values.get("recupero_rows") == "everybody"
