"""How the notebooks look: one style, few colours, and sentences whose numbers are computed."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

INK, MUTED, GRID = "#1f2933", "#7b8794", "#e4e7eb"
BLUE, ORANGE, GREEN, RED, PURPLE, GREY = "#1f6feb", "#d97706", "#15803d", "#c2261b", "#7c3aed", "#94a3b8"
#: Told apart by people who do not see red and green, too.
CYCLE = [BLUE, ORANGE, GREEN, PURPLE, RED, "#0e7490", "#a16207", "#be185d", GREY]


def style() -> None:
    """Sets the look of all plots of a notebook."""
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")
    pd.set_option("display.max_columns", 30, "display.width", 160, "display.float_format", "{:,.2f}".format)
    plt.rcParams.update({
        "figure.figsize": (9, 3.8), "figure.constrained_layout.use": True,
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": MUTED,
        "axes.grid": True, "grid.color": GRID, "axes.axisbelow": True,
        "axes.titlesize": 12, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlepad": 10,
        "axes.labelcolor": INK, "text.color": INK, "xtick.color": MUTED, "ytick.color": MUTED,
        "axes.prop_cycle": plt.cycler(color=CYCLE), "legend.frameon": False, "font.size": 10,
        "svg.hashsalt": "recupero",
    })  # fmt: skip


def say(text: str) -> None:
    """Shows a sentence, in Markdown: for text with numbers in it, which are computed."""
    display(Markdown(text))


def axes(title: str, x: str = "", y: str = "", **options: Any) -> Axes:
    """One plot with its title and the names of its axes."""
    _, ax = plt.subplots(**options)
    ax.set(title=title, xlabel=x, ylabel=y)
    return ax


def percent(ax: Axes, axis: str = "y", upto: float | None = 100) -> None:
    """Writes an axis as percent."""
    which = ax.yaxis if axis == "y" else ax.xaxis
    which.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f} %"))
    if upto is not None:
        (ax.set_ylim if axis == "y" else ax.set_xlim)(0, upto)


def band(ax: Axes, frame: pd.DataFrame, label: str, color: str) -> None:
    """Draws a curve of `paid` by `day` as steps, with its limits `low` and `high`."""
    known = frame.dropna(subset=["paid"])
    ax.fill_between(known["day"], known["low"], known["high"], step="post", alpha=0.15, color=color, linewidth=0)
    ax.step(known["day"], known["paid"], where="post", color=color, label=label)


def limits(
    ax: Axes,
    frame: pd.DataFrame,
    value: str,
    low: str,
    high: str,
    color: str = BLUE,
    shift: float = 0.0,
    label: str | None = None,
) -> None:
    """Draws a value a row, from top to bottom, with its limits where it has any."""
    at = [len(frame) - 1 - i - shift for i in range(len(frame))]
    known = frame[low].notna() & frame[high].notna()
    ax.hlines([y for y, ok in zip(at, known) if ok], frame[low][known], frame[high][known], color=color, linewidth=2, alpha=0.5)
    ax.plot(frame[value], at, "o", color=color, markersize=5, label=label, clip_on=False)
    ax.set_ylim(-0.6, len(frame) - 0.4)
    ax.set_yticks(range(len(frame)), list(frame.index)[::-1])
    ax.grid(axis="y", visible=False)


def heat(ax: Axes, table: pd.DataFrame, text: str = "{:.0f}", cmap: str = "Blues") -> None:
    """Draws a table as coloured cells with their values; empty cells stay empty."""
    values = table.to_numpy(dtype=float)
    ax.imshow(values, cmap=cmap, aspect="auto")
    ax.set_xticks(range(table.shape[1]), table.columns, rotation=40, ha="right")
    ax.set_yticks(range(table.shape[0]), table.index)
    ax.grid(visible=False)
    top = float(pd.Series(values.ravel()).max())
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            value = values[row, column]
            if value == value and value != 0:
                ax.text(column, row, text.format(value), ha="center", va="center", fontsize=8, color="white" if value > 0.6 * top else INK)
