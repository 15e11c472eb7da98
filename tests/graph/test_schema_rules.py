"""schema.graphql follows the rules of graphql-eslint, so that generated code reads well."""

import re
from pathlib import Path

import pytest
from harness.npm import Package
from harness.paths import ROOT

SCHEMA = ROOT / "schema.graphql"

FAULTS = {
    "naming-convention": ("  nameRequired: Boolean!\n", "  name_required: Boolean!\n"),
    "no-unreachable-types": ("  tenant: Tenant\n", "  tenant: ID\n"),
    "require-description": ('  """What the mail holds."""\n', ""),
    "strict-id-in-types": ('  """Identifies the tenant (a UUID)."""\n  id: ID!\n', ""),
}
"""What each rule finds fault with: right, and wrong."""


@pytest.fixture(scope="session")
def linter() -> Package:
    return Package(Path(__file__).parent / "schema-lint")


def test_the_schema_follows_the_recommended_rules_and_relays(linter: Package):
    assert linter.run("lint") == ""


def test_a_schema_that_breaks_rules_is_told_which(linter: Package, tmp_path: Path):
    schema = SCHEMA.read_text()
    for right, wrong in FAULTS.values():
        assert schema.count(right) == 1
        schema = schema.replace(right, wrong)
    (tmp_path / "schema.graphql").write_text(schema)

    told = linter.fail("lint", SCHEMA_FOLDER=str(tmp_path))

    assert sorted(re.findall("@graphql-eslint/(.+)", told)) == sorted(FAULTS)
