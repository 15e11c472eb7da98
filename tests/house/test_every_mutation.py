"""What holds for each mutation of the schema, as the one decorator sees to it."""

import importlib
import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType
from harness.breakable_clock import BreakableClock
from harness.every_mutation import MUTATIONS, SCHEMA, ask, inline, members
from harness.metrics_scrapes import samples
from harness.readme import section
from harness.service import Service, running

each_mutation = pytest.mark.parametrize("mutation", MUTATIONS)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = str(tmp_path_factory.mktemp("data"))
    with running(BreakableClock(), DATA_DIR=folder, METRICS="on") as service:
        yield service


@each_mutation
def test_a_mutation_is_a_module_of_its_name_that_answers_with_a_union_of_its_name(mutation: str):
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", mutation).lower()

    assert importlib.import_module(f"graph.mutations.{snake}")
    assert str(MUTATIONS[mutation].type) == f"{mutation[0].upper()}{mutation[1:]}Result!"


@each_mutation
def test_a_mutation_is_executed_once_in_a_document(service: Service, mutation: str):
    twice = f"mutation {{ a: {inline(mutation)} b: {inline(mutation)} }}"

    [error] = service.execute(twice)["errors"]

    assert error["message"] == f"A document may execute {mutation} only once."


@each_mutation
def test_a_mutation_is_counted_with_each_outcome_that_it_may_have(service: Service, mutation: str):
    before = samples(service.url)
    known = {key[2] for key in before if key[:2] == ("connectx_mutations_total", mutation)}

    answer = ask(service, mutation)

    assert known == set(members(mutation))
    assert answer["__typename"] in known
    count = ("connectx_mutation_duration_seconds_count", mutation)
    assert samples(service.url)[count] == before[count] + 1


@each_mutation
def test_a_mutation_answers_a_bug_with_an_incident_and_nothing_of_its_cause(
    service: Service, mutation: str
):
    service.clock.broken = True
    try:
        answer = ask(service, mutation)
    finally:
        service.clock.broken = False

    incident = answer.pop("incidentId")
    assert re.fullmatch("[0-9a-f]{32}", incident)
    assert answer == {"__typename": "InternalError", "message": "Internal error."}


def test_the_readmes_table_of_errors_has_those_of_the_schema():
    rows = [line for line in section("Errors").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+Error)`", row.split("|")[1])}
    errors = SCHEMA.get_possible_types(SCHEMA.type_map["UserError"])

    assert told == {error.name for error in errors if isinstance(error, GraphQLObjectType)}
