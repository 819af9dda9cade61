"""Chromium started for a page on this machine, with nothing of its own to fetch."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Return the path of Chromium; raises RuntimeError where there is none."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)
    if found is None:
        missing = f"CHROMIUM={named} is not there" if named else "no Chromium was found"
        raise RuntimeError(
            f"{missing}, and the report is tested in a browser; "
            "install it (apt-get install chromium) or name it (CHROMIUM=/path/to/chromium)"
        )
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium, and end it with all its pages."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
