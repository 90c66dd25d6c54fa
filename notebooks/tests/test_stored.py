"""Notebooks as they lie in the repository."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import nbformat
import pytest
from conftest import NAMES, NOTEBOOKS, ROOT

MACHINE = re.compile(r"(?<![\w.])/(home|Users|work|root|tmp|var|opt|mnt)/|[A-Z]:\\\\")


def stored(name: str) -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def pins(name: str) -> dict[str, str]:
    lines = (line.split("#")[0].strip() for line in (NOTEBOOKS / name).read_text(encoding="utf-8").splitlines())
    return dict(line.lower().replace("_", "-").split("==") for line in lines if line)


def test_all_four_are_there() -> None:
    assert [name[:2] for name in NAMES] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_stored_without_outputs(name: str) -> None:
    notebook = stored(name)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("attachments")
        if cell.cell_type == "code":
            assert cell.outputs == [], cell.source
            assert cell.execution_count is None, cell.source


@pytest.mark.parametrize("name", NAMES)
def test_it_names_no_folder_of_a_machine(name: str) -> None:
    for cell in stored(name).cells:
        assert not MACHINE.search(cell.source), cell.source


@pytest.mark.parametrize("name", NAMES)
def test_it_says_in_spanish_what_it_is_about(name: str) -> None:
    assert "**En español.**" in stored(name).cells[0].source


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_is_written_by_hand(name: str) -> None:
    """Text has no percent or amount; those are computed. Limits of 95 % and rules of thumb are no findings."""
    for cell in stored(name).cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"`[^`]*`|```.*?```|(30|90|95) %", "", cell.source, flags=re.DOTALL)
            assert not re.search(r"\d[\d.,]*\s?%|\d{1,3}(,\d{3})+|\$\s?\d", text), cell.source


@pytest.mark.parametrize("name", NAMES)
def test_every_legend_says_where_it_stands(name: str) -> None:
    """Without a place, matplotlib warns where drawing takes more than a second: on a busy machine."""
    for cell in stored(name).cells:
        for legend in re.findall(r"\.legend\([^\n]*", cell.source):
            assert "loc=" in legend, legend


def test_pyspark_is_the_version_of_the_program() -> None:
    pom = ElementTree.parse(ROOT / "pom.xml").getroot()
    version = pom.find("{*}properties/{*}spark.version")
    assert version is not None
    assert pins("constraints.txt")["pyspark"] == version.text


def test_everything_is_pinned_and_what_is_wanted_is_in_the_list() -> None:
    everything = pins("constraints.txt")
    for name, version in pins("requirements.txt").items():
        assert everything[name] == version
    assert len(everything) > 50
