"""clients/schema-docs: the schema's documentation as a page."""

import re

from harness.npm import CLIENTS, Package

from graph.schema import core


def test_the_page_has_each_operation_and_each_type_and_loads_nothing_from_elsewhere():
    package = Package(CLIENTS / "schema-docs")
    package.run("build")

    page = (package.folder / "dist" / "index.html").read_text()

    places = set(re.findall(r'<section id="([^"]+)"', page))
    roots = {"query": core.query_type, "mutation": core.mutation_type}
    operations = {f"{kind}-{name}" for kind, root in roots.items() for name in root.fields}
    types = {f"definition-{name}" for name in core.type_map if not name.startswith("__")}
    assert operations <= places
    assert types - places == {"definition-Query", "definition-Mutation", "definition-Subscription"}
    assert re.findall(r'<(?:script|link|img)[^>]+"(?:https?:)?//[^"]*"', page) == []
