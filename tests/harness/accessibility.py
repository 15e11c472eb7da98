"""What axe, which is among the web app's packages, finds on a page."""

import json

from harness.web_app_page import SOURCES
from playwright.sync_api import Page

_AXE = SOURCES / "node_modules" / "axe-core" / "axe.min.js"
"""There once the fixture `web_app` has installed the packages."""


def serious_violations(
    page: Page, *, within: str = "document", only: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds serious or critical, with the elements. `within` is a JavaScript context.

    `only` names its rules; without it, they are all looked at.
    """
    page.evaluate(_AXE.read_text())
    options = json.dumps({"runOnly": only} if only else {})
    found = page.evaluate(f"axe.run({within}, {options})")
    assert found["passes"], "axe has looked at the page"
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]
