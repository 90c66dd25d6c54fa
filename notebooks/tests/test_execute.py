"""What becomes of a notebook that does not come to its end."""

from __future__ import annotations

import execute
import nbformat
import pytest
from nbclient.exceptions import CellExecutionError


def of(*cells: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_one_with_nothing_to_show_ends_there_and_notes_why() -> None:
    notebook = execute.execute(of("import recupero_lake", "raise recupero_lake.NothingToShow('nobody was assigned')", "print('after')"))

    assert notebook.metadata[execute.ENDED] == "nobody was assigned"
    assert [output.text for output in notebook.cells[1].outputs] == ["nobody was assigned\n"]
    assert notebook.cells[2].outputs == []


def test_one_with_a_faulty_cell_fails() -> None:
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute.execute(of("1 / 0"))
