"""A real Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from harness.tools import find_tool
from playwright.sync_api import Browser, expect, sync_playwright

# Milliseconds: other tests run beside these.
expect.set_options(timeout=20_000)

# Keep the browser itself quiet, so that what is left on the network is the page's doing.
# --no-sandbox: Chromium's own does not start for root, as in a container.
_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def origin(url: str) -> str:
    """The origin of a URL, as browsers compare it."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def chromium_program() -> str:
    return find_tool(
        "chromium", "chromium-browser", "google-chrome", get="apt-get install chromium"
    )


@contextmanager
def chromium(program: str | None = None) -> Iterator[Browser]:
    """The machine's own, or what this program starts."""
    path = program or chromium_program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()
