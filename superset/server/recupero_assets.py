"""Brings the folder of dashboards into this Superset, and takes away what it no longer has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from superset import db
from superset.commands.importers.v1.assets import ImportAssetsCommand
from superset.connectors.sqla.models import SqlaTable
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice
from superset.utils.core import override_user

#: What is taken away, in this order: a chart before the dataset that it reads.
_KINDS = {"dashboards": Dashboard, "charts": Slice, "datasets": SqlaTable}


def import_assets(folder: Path, memory: Path, user: Any) -> dict[str, int]:
    """Imports a folder, all or nothing, and returns how many of each kind it has.

    What an earlier import brought and this one has not is deleted; what people made is left alone.
    `memory` is the file in which the uuids of the last import are kept.
    """
    contents = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }
    with override_user(user):
        ImportAssetsCommand(contents).run()
        now = {kind: _uuids(contents, kind) for kind in _KINDS}
        before = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
        for kind, model in _KINDS.items():
            _drop(model, set(before.get(kind, [])) - set(now[kind]))
        db.session.commit()
    memory.write_text(json.dumps(now, indent=1), encoding="utf-8")
    return {kind: len(uuids) for kind, uuids in now.items()}


def _uuids(contents: dict[str, str], kind: str) -> list[str]:
    return sorted(
        str(yaml.safe_load(content)["uuid"]) for name, content in contents.items() if name.startswith(f"{kind}/")
    )


def _drop(model: Any, uuids: set[str]) -> None:
    for uuid in sorted(uuids):
        for dropped in db.session.query(model).filter_by(uuid=uuid).all():
            db.session.delete(dropped)
    db.session.flush()
