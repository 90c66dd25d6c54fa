"""Executes notebooks from top to bottom, and writes them as pages where asked.

Each runs in a kernel of its own; all kernels share one program, so Spark starts once.
Prints a line for each: name, seconds, page, and why it ended early if it did. One that fails does not stop the others; ends with 1 if any did.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(NOTEBOOKS))

import recupero_lake  # noqa: E402
from recupero_lake import NothingToShow  # noqa: E402

#: The longest that one cell may take; on a lake of millions some take minutes.
CELL_SECONDS = 3600


def chosen(names: list[str]) -> list[Path]:
    """The notebooks whose names start so; all where none is named."""
    every = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    found = [path for path in every if not names or any(path.name.startswith(name) for name in names)]
    if not found:
        sys.exit(f"Cannot find a notebook that starts with {', '.join(names)}. There are {', '.join(it.stem for it in every)}.")
    return found


#: Where a notebook notes why it ended before its end.
ENDED = "recupero_ended"


def execute(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Fills in the outputs, and returns the notebook. One that has nothing to show of a lake ends there, and notes why."""
    client = NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}
    )
    try:
        client.execute()
    except CellExecutionError as ended:
        if ended.ename != NothingToShow.__name__:
            raise
        for cell in notebook.cells:
            for i, output in enumerate(cell.get("outputs", [])):
                if output.output_type == "error":
                    cell.outputs[i] = nbformat.v4.new_output("stream", text=ended.evalue + "\n")
        notebook.metadata[ENDED] = ended.evalue
    return notebook


def page(notebook: nbformat.NotebookNode, path: Path, folder: Path) -> Path:
    """Writes the notebook with its outputs as one HTML file that needs nothing else."""
    from nbconvert import HTMLExporter

    folder.mkdir(parents=True, exist_ok=True)
    # Nothing is fetched from elsewhere: no formulas are set, and no widgets are shown.
    exporter = HTMLExporter(embed_images=True, mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="")
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": path.stem}})
    # A page has no bar to scroll a long line by, once it is printed.
    html = html.replace("</head>", "<style>.highlight pre { white-space: pre-wrap; }</style></head>", 1)
    written = folder / f"{path.stem}.html"
    written.write_text(html, encoding="utf-8")
    return written


def run(path: Path, html: Path | None) -> str | None:
    """Executes one and prints its line; returns what failed, or None."""
    start = time.monotonic()
    try:
        notebook = execute(nbformat.read(path, as_version=4))
    except CellExecutionError as failed:
        print(f"{path.name}\tfailed", flush=True)
        return f"{path.name} failed:\n{failed}"
    line = [path.name, f"{time.monotonic() - start:.0f} s"]
    if html:
        line.append(str(page(notebook, path, html)))
    if ENDED in notebook.metadata:
        line.append(f"ended early: {notebook.metadata[ENDED]}")
    print("\t".join(line), flush=True)
    return None


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--html", type=Path)
    options.add_argument("names", nargs="*")
    given = options.parse_args()

    recupero_lake.start_gateway(Path(os.environ["RECUPERO_LAKE"]))
    failures = [failure for path in chosen(given.names) if (failure := run(path, given.html))]
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
