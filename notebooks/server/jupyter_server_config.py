"""Settings of the JupyterLab that `./recupero notebooks` starts. The token comes by JUPYTER_TOKEN."""

from __future__ import annotations

from typing import Any

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.open_browser = False
# In a container everybody is root; whoever has the token is who started it.
c.ServerApp.allow_root = True
# Another port than the one asked for would not be found again.
c.ServerApp.port_retries = 0
c.ServerApp.quit_button = False
# The news of JupyterLab would be fetched from elsewhere.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"


def without_outputs(model: dict[str, Any], **_: Any) -> None:
    """Saves a notebook without its outputs: they belong to a lake, and might name debtors."""
    if model["type"] != "notebook" or model["content"]["nbformat"] != 4:
        return
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


c.ContentsManager.pre_save_hook = without_outputs
