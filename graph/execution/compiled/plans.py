"""Plans the operations of a document, and runs the plans."""

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
from graph.execution.compiled.definitions import (
    ReadInto,
    UnplannableError,
    Variables,
    plannable_field,
)
from graph.execution.compiled.inputs import argument, variable
from graph.execution.compiled.outputs import Complete, Selections, constant

Resolved = dict[str, Any]
"""The results of root fields by response key: a value, or an exception object."""


@dataclass(frozen=True)
class _Info:
    """The part of Strawberry's `info` that the resolvers of this schema use."""

    context: Context
    field_name: str


@dataclass(frozen=True)
class _Step:
    """A root field: its response key, its resolver, and how its value is completed."""

    key: str
    resolver: Callable[..., Awaitable[Any]] | None
    """None: the answer is a constant."""
    source: tuple[None, ...]
    """The `self` of a resolver that is a method: None, as the root has no value."""
    arguments: Sequence[ReadInto]
    complete: Complete
    name: str
    """The field's name in the schema."""

    def given(self, variables: Variables) -> dict[str, Any]:
        """The resolver's arguments. Raises UnsupportedValueError."""
        given: dict[str, Any] = {}
        for read in self.arguments:
            read(variables, given)
        return given

    async def resolve(self, given: Mapping[str, Any], context: Context) -> Any:
        if self.resolver is None:
            return None
        try:
            return await self.resolver(*self.source, info=_Info(context, self.name), **given)
        except Exception as error:  # noqa: BLE001 - graphql-core reports it as the field's error
            return error


@dataclass(frozen=True)
class Plan:
    """The plan of one operation. Mutations run one after the other, queries concurrently."""

    readers: Sequence[ReadInto]
    """For the variables."""
    steps: Sequence[_Step]
    one_by_one: bool

    async def run(
        self, given: Variables | None, *, context: Context, resolved: Resolved
    ) -> dict[str, Any]:
        """The operation's data. Puts the results of root fields into `resolved`.

        After any exception, graphql-core has to execute the operation, with `replay`.
        """
        variables: dict[str, Any] = {}
        for read in self.readers:
            read(given or {}, variables)
        # All arguments first: if one cannot be read here, no resolver has run.
        calls = [(step, step.given(variables)) for step in self.steps]
        if self.one_by_one or len(calls) == 1:
            for step, arguments in calls:
                resolved[step.key] = await step.resolve(arguments, context)
        else:
            outcomes = [step.resolve(arguments, context) for step, arguments in calls]
            keys = [step.key for step in self.steps]
            resolved.update(zip(keys, await asyncio.gather(*outcomes), strict=True))
        return {step.key: step.complete(resolved[step.key]) for step in self.steps}


def plans_of(schema: GraphQLSchema, document: DocumentNode) -> Mapping[str | None, Plan]:
    """The plans of a valid document's operations by name. An only operation has the key None, too.

    Operations that cannot be planned are left out.
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
        return _Step(key, None, (), (), constant(root.name), name)
    field = root.fields.get(name)
    if field is None:  # a field of introspection
        raise UnplannableError
    resolver = plannable_field(field).base_resolver
    if resolver is None or not resolver.is_async or resolver.info_parameter is None:
        raise UnplannableError
    return _Step(
        key=key,
        resolver=resolver.wrapped_func,
        source=(None,) if resolver.self_parameter else (),
        arguments=[
            argument(field.args[node.name.value], node) for node in nodes[0].arguments or ()
        ],
        complete=selections.complete(field.type, nodes),
        name=name,
    )


def replay(resolved: Resolved) -> Callable[..., Any]:
    """A middleware for graphql-core that returns the results which a plan has resolved already.

    So no resolver of a root field runs twice.
    """

    def middleware(following: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
        if info.path.prev is not None or info.path.key not in resolved:
            return following(source, info, **arguments)
        outcome = resolved[info.path.key]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return middleware
