"""What axe, which is among the web app's packages, finds on a page."""

from harness.web_app_page import SOURCES
from playwright.sync_api import Page

_AXE = SOURCES / "node_modules" / "axe-core" / "axe.min.js"
"""There once the fixture `web_app` has installed the packages."""


def serious_violations(page: Page, *, within: str = "document") -> list[str]:
    """What axe finds serious or critical, with the elements. `within` is a JavaScript context."""
    page.evaluate(_AXE.read_text())
    found = page.evaluate(f"axe.run({within})")
    assert found["passes"], "axe has looked at the page"
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]
