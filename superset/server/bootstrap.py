"""Makes a Superset's home what its settings say: tables, roles, users, dashboards, rules of rows.

Safe to repeat: what is there is brought to what is asked for. One process, since starting Superset
is most of the time that each of these takes. Prints one line of JSON: what was made, with the
passwords of new users, which are told this one time. Without assets it sees to users and rules alone.

    python bootstrap.py [--assets DIR] [--access FILE] [--new-password USER]
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import yaml

os.umask(0o077)
HOME = Path(os.environ["RECUPERO_SUPERSET_HOME"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--assets", type=Path)
    arguments.add_argument("--access", type=Path)
    arguments.add_argument("--new-password", metavar="USER")
    options = arguments.parse_args()

    logging.basicConfig(level=logging.WARNING)
    from recupero_access import Access, InvalidAccess

    try:
        access = Access.read(options.access)
    except InvalidAccess as invalid:
        sys.exit(str(invalid))
    keep = Secrets(HOME / "secrets.json")
    keep.ensure("secret_key", "jwt_key", "guest_key")

    # Superset reads YAML by the loader written in Python, ten times slower than the one in C.
    yaml.SafeLoader = yaml.CSafeLoader

    from superset.app import create_app

    app = create_app()
    try:
        with app.app_context():
            print(json.dumps(_bootstrap(app, options, access, keep)))
    except InvalidAccess as invalid:
        sys.exit(str(invalid))


def _bootstrap(app: Any, options: argparse.Namespace, access: Any, keep: "Secrets") -> dict[str, Any]:
    from recupero_roles import Roles

    roles = Roles(app.appbuilder.sm)
    counts = {}
    if options.assets:
        from recupero_assets import import_assets
        from recupero_front import quiet
        from superset.extensions import APP_DIR

        quiet(Path(APP_DIR) / "static" / "assets")
        _upgrade()
        roles.superset_own()
        counts = import_assets(options.assets, HOME / "imported.json", roles.owner())
    roles.grant(access)
    # Last, so that a password is made only where it will be told, and nobody comes in before the
    # rules about rows are there.
    new = roles.users(access, keep)
    if options.new_password:
        new |= roles.new_password(options.new_password)
        (HOME / "logins.json").unlink(missing_ok=True)  # wrong passwords were of the old one
    return {"passwords": new, "imported": counts}


def _upgrade() -> None:
    from flask_migrate import upgrade
    from superset.extensions import APP_DIR

    upgrade(directory=os.path.join(APP_DIR, "migrations"))


class Secrets:
    """The file of keys that only its owner reads. What is in it is never made anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        if path.exists():
            path.chmod(0o600)
            self._values = json.loads(path.read_text(encoding="utf-8"))

    def ensure(self, *names: str) -> None:
        missing = [name for name in names if name not in self._values]
        for name in missing:
            self._values[name] = secrets.token_urlsafe(48)
        if missing:
            self._write()

    def list(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def put(self, name: str, value: Any) -> None:
        if self._values.get(name) != value:
            self._values[name] = value
            self._write()

    def _write(self) -> None:
        draft = self._path.with_suffix(".new")
        handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self._values, file, indent=1)
        os.replace(draft, self._path)


if __name__ == "__main__":
    main()
