"""A document's operations, and how one of them runs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)

from graph.context import Context
from graph.planning.definitions import definition_of
from graph.planning.inputs import ReadInto, Variables, argument, variable
from graph.planning.leaves import Complete
from graph.planning.outputs import Selections, constantly
from graph.planning.replaying import Resolved
from graph.planning.unusual import UnplannableError


@dataclass(slots=True)  # frozen, it takes three times as long to make
class _Info:
    """All that a resolver of this schema asks of Strawberry's `info`."""

    context: Context
    field_name: str


@dataclass(frozen=True)
class _Step:
    """A root field: where its answer goes, who gives it, and how it is completed."""

    key: str
    resolver: Callable[..., Awaitable[Any]] | None
    """None: the answer is known."""
    arguments: Sequence[ReadInto]
    complete: Complete
    name: str
    """The field's in the schema."""

    async def resolve(self, variables: Variables, context: Context) -> Any:
        if self.resolver is None:
            return None
        given: dict[str, Any] = {}
        for read in self.arguments:
            read(variables, given)
        try:
            return await self.resolver(None, info=_Info(context, self.name), **given)
        except Exception as error:  # noqa: BLE001 - graphql-core makes it the field's error
            return error


@dataclass(frozen=True)
class Plan:
    """One operation. Mutations run one by one, queries side by side."""

    readers: Sequence[ReadInto]
    """Of the variables."""
    steps: Sequence[_Step]
    one_by_one: bool

    async def run(
        self, given: Variables | None, *, context: Context, resolved: Resolved
    ) -> dict[str, Any]:
        """The operation's data; what its fields gave is in `resolved`, whatever happens then.

        Any exception means that graphql-core has to say what is wrong (`replay`).
        """
        variables: dict[str, Any] = {}
        for read in self.readers:
            read(given or {}, variables)
        if self.one_by_one or len(self.steps) == 1:
            for step in self.steps:
                resolved[step.key] = await step.resolve(variables, context)
        else:
            outcomes = [step.resolve(variables, context) for step in self.steps]
            keys = [step.key for step in self.steps]
            resolved.update(zip(keys, await asyncio.gather(*outcomes), strict=True))
        return {step.key: step.complete(resolved[step.key]) for step in self.steps}


def plans_of(schema: GraphQLSchema, document: DocumentNode) -> Mapping[str | None, Plan]:
    """The plans for a valid document's operations by name; None is a document's only operation.

    An operation that cannot be planned is missing.
    """
    nodes = document.definitions
    fragments = {
        node.name.value: node for node in nodes if isinstance(node, FragmentDefinitionNode)
    }
    operations = [node for node in nodes if isinstance(node, OperationDefinitionNode)]
    selections = Selections(schema, fragments)
    plans: dict[str | None, Plan] = {}
    for node in operations:
        try:
            plan = _plan(schema, node, selections)
        except UnplannableError:
            continue
        if node.name is not None:
            plans[node.name.value] = plan
        if len(operations) == 1:
            plans[None] = plan
    return plans


def _plan(schema: GraphQLSchema, node: OperationDefinitionNode, selections: Selections) -> Plan:
    root = schema.get_root_type(node.operation)
    if root is None or node.directives or node.operation is OperationType.SUBSCRIPTION:
        raise UnplannableError
    return Plan(
        readers=[variable(schema, each) for each in node.variable_definitions or ()],
        steps=[
            _step(key, nodes, root, selections)
            for key, nodes in selections.fields(root, [node.selection_set]).items()
        ],
        one_by_one=node.operation is OperationType.MUTATION,
    )


def _step(
    key: str, nodes: Sequence[FieldNode], root: GraphQLObjectType, selections: Selections
) -> _Step:
    name = nodes[0].name.value
    if name == "__typename":
        return _Step(key, None, (), constantly(root.name), name)
    field = root.fields.get(name)
    resolver = field and definition_of(field).base_resolver
    if field is None or not resolver.is_async:  # introspection is no field of ours
        raise UnplannableError
    return _Step(
        key=key,
        resolver=resolver.wrapped_func,
        arguments=[
            argument(field.args[node.name.value], node) for node in nodes[0].arguments or ()
        ],
        complete=selections.complete(field.type, nodes),
        name=name,
    )
