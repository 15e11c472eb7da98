"""What Chromium tells a screen reader of a page."""

from typing import Any

from harness.polling import eventually
from playwright.sync_api import Page


class ScreenReader:
    """Knows nothing of a page but the roles, names and states of its accessibility tree."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)

    def focus(self, role: str, name: str) -> None:
        """Goes to the only element with this role and name, once it is there."""
        eventually(lambda: len(self._found(role, name)) == 1, f"one {role} named {name}")
        (node,) = self._found(role, name)
        self._devtools.send("DOM.focus", {"backendNodeId": node["backendDOMNodeId"]})

    def focused(self) -> str:
        """The role of what has the focus: that of the page itself if nothing in it has."""
        # The page has the focus as well, and comes first.
        return [_text(node, "role") for node in self._tree() if _has_focus(node)][-1]

    def _found(self, role: str, name: str) -> list[dict[str, Any]]:
        return [
            node
            for node in self._tree()
            if (_text(node, "role"), _text(node, "name")) == (role, name)
        ]

    def _tree(self) -> list[dict[str, Any]]:
        nodes = self._devtools.send("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node["ignored"]]


def _text(node: dict[str, Any], part: str) -> str:
    return str(node.get(part, {}).get("value", ""))


def _has_focus(node: dict[str, Any]) -> bool:
    return any(
        each["name"] == "focused" and each["value"]["value"] for each in node.get("properties", [])
    )
