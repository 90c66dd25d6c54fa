"""All notebooks executed once, over one lake of data-samples and one Spark session.

RECUPERO_TEST_LAKE   a lake of data-samples to 2026-03-31 that is there already; it is not changed
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
WORK = ROOT / "target" / "notebooks"
sys.path[:0] = [str(NOTEBOOKS), str(NOTEBOOKS / "server"), str(ROOT / "jobs" / "src" / "test" / "python")]

NAMES = sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))

#: What tests ask of a notebook's variables once it has run, in one more cell that is not stored.
PROBES = {
    "01_how_debtors_pay": """{
        "currency": CURRENCY,
        "headline": headline.set_index("kpi").value.to_dict(),
        "buckets": ageing.numerator.to_dict(),
        "curve": {day: paid[day] for day in (30, 60, 90)},
        "limits": [median.days_to_recover_median_low, median.days_to_recover_median_high],
        "owed": float(owed.sum()), "debtors": len(owed),
    }""",
    "02_tuning_segments": """{
        "proposal": proposed, "dated": dated,
        "sizes": {name: [row.customers_a, row.customers_b] for name, row in sizes.iterrows()},
        "recovery": recovery[recovery.rules == "b"][["segment", "currency", "recovery_rate"]].astype(object).where(lambda it: it.notna(), None).to_numpy().tolist(),
    }""",
    "03_risk_and_forecast": """{
        "closes": closes, "rows": len(table),
        "paid_30": int(table.outcome_paid_30.dropna().astype(bool).sum()),
        "known_90": int(table.outcome_paid_90.notna().sum()),
        "trained_to": train.as_of.max(), "tested_from": test.as_of.min(),
        "results": results.to_dict(orient="records"),
    }""",
    "04_measuring_a_strategy": """{
        "usable": len(usable), "rows": len(effect), "newest": newest,
        "arms": arms_on(newest + "-01").groupby(["segment", "arm"]).size().reset_index().to_numpy().tolist(),
        "results": results.reset_index().to_dict(orient="records"),
        "chosen": [measure, strategy, segment, currency], "differences": line.difference.to_dict(),
    }""",
}


class Executed:
    """A notebook that has run."""

    def __init__(self, notebook: nbformat.NotebookNode, values: dict[str, Any]) -> None:
        self.values = values
        self.outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]

    def of(self, kind: str) -> list[str]:
        """What the outputs hold in one format, such as image/svg+xml."""
        return [output.data[kind] for output in self.outputs if kind in output.get("data", {})]

    @property
    def sentences(self) -> str:
        return "\n".join(self.of("text/markdown"))


@pytest.fixture(scope="session")
def lake() -> Path:
    from sample_lake import make_lake

    given = os.environ.get("RECUPERO_TEST_LAKE")
    if given:
        return Path(given)
    made = WORK / "lake"
    shutil.rmtree(made, ignore_errors=True)
    make_lake(made)
    return made


class Notebooks(dict[str, Executed]):
    """Each notebook, executed when it is first asked for, and once."""

    def __missing__(self, name: str) -> Executed:
        import execute

        notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        probe = f"import json\nprint('PROBE' + json.dumps({PROBES[name]}, default=str))"
        notebook.cells.append(nbformat.v4.new_code_cell(probe))
        execute.execute(notebook)
        printed = notebook.cells.pop().outputs[0].text
        self[name] = Executed(notebook, json.loads(printed.removeprefix("PROBE")))
        return self[name]


@pytest.fixture(scope="session")
def executed(lake: Path) -> Notebooks:
    import recupero_lake

    os.environ["RECUPERO_LAKE"] = str(lake)
    recupero_lake.start_gateway(lake)
    return Notebooks()
