"""Takes pictures of every dashboard, in each language and at the sizes of a laptop and a wide screen.

    python screenshot.py --out DIR [--user NAME] [--only SLUG] [--size laptop|wide]

It looks as a user of this Superset, whose password it need not know: the home's own key signs the
cookie. Prints the path of each picture. Ends with 3 where there is no browser.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--user")
    arguments.add_argument("--only")
    arguments.add_argument("--size", choices=["laptop", "wide"])
    options = arguments.parse_args()

    from recupero_browser import SIZES, NoChromium, browser, chromium, viewer

    try:
        chromium()
    except NoChromium as missing:
        print(missing, file=sys.stderr)
        return 3
    cookies, slugs = _seen_by(options.user)
    base = f"http://127.0.0.1:{os.environ['RECUPERO_PORT']}"
    broken = []
    with browser() as started:
        for size in [options.size] if options.size else SIZES:
            with viewer(started, base, SIZES[size], cookies) as window:
                for slug in slugs:
                    if options.only and not slug.startswith(options.only):
                        continue
                    language = slug.rsplit("-", 1)[-1]
                    window.speak(language)
                    window.open(slug)
                    for number, drawn in enumerate(window.tabs(), 1):
                        broken += [f"{slug}: {' '.join(said.split())}" for said in drawn.failed]
                        tab = "" if number == 1 else f"-tab{number}"
                        picture = options.out / f"{slug}{tab}-{size}.png"
                        window.picture(picture)
                        _lighten(picture)
                        print(picture, flush=True)
    for said in sorted(set(broken)):
        print(f"Cannot draw {said}", file=sys.stderr)
    return 1 if broken else 0


def _lighten(picture: Path) -> None:
    """Keeps 256 colours, of which a page has fewer: a third of the size, and the same to the eye."""
    from PIL import Image

    with Image.open(picture) as full:
        few = full.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def _seen_by(name: str | None) -> tuple[dict[str, str], list[str]]:
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        from superset import db
        from superset.models.dashboard import Dashboard
        from superset.utils.machine_auth import MachineAuthProvider

        manager = app.appbuilder.sm
        user = manager.find_user(username=name) if name else _administrator(manager)
        if user is None or not user.active:
            sys.exit(f"Cannot look as {name or 'an administrator'}: there is no such user.")
        slugs = [slug for (slug,) in db.session.query(Dashboard.slug).order_by(Dashboard.slug).all() if slug]
        return MachineAuthProvider.get_auth_cookies(user), slugs


def _administrator(manager: object) -> object:
    admin = manager.find_role("Admin")
    return next((user for user in manager.get_all_users() if admin in user.roles and user.active), None)


if __name__ == "__main__":
    sys.exit(main())
