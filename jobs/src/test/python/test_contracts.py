"""Every contract is a valid Open Data Contract Standard document: other tools can read it."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft201909Validator

CONTRACTS = sorted((Path(__file__).parents[4] / "schemas" / "contracts").glob("*.yaml"))
STANDARD = json.loads(
    files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
)


def test_there_are_contracts_to_validate():
    assert len(CONTRACTS) >= 22


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_keeps_the_standard(path):
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert document["id"] == path.stem, "the id is the name of the file"

    typed = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    problems = [
        f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft201909Validator(STANDARD).iter_errors(typed)
    ]
    assert not problems, "\n".join(problems)
