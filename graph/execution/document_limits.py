"""Limits of what a document may request, as validation rules."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    ASTValidationRule,
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

MAX_TOKENS = 400
"""Introspection takes 191. The CPU time of the validation grows with the tokens."""
MAX_DEPTH = 12
MAX_ALIASES = 15
MAX_DIRECTIVES = 15


class MaxDepth(ASTValidationRule):
    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        # Each fragment is measured once, as nested spreads would take exponential time.
        self._fragments: dict[str, int] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
        if self._depth(node.selection_set) > MAX_DEPTH:
            self.report_error(GraphQLError(f"Fields nest more than {MAX_DEPTH} deep.", node))

    def _depth(self, selections: SelectionSetNode | None) -> int:
        return max((self._below(node) for node in _nodes(selections)), default=0)

    def _below(self, node: SelectionNode) -> int:
        if isinstance(node, FieldNode):
            # Introspection nests deeper than other queries, but has a fixed size.
            return 0 if node.name.value.startswith("__") else 1 + self._depth(node.selection_set)
        if isinstance(node, InlineFragmentNode):
            return self._depth(node.selection_set)
        name = node.name.value if isinstance(node, FragmentSpreadNode) else ""
        if name not in self._fragments:
            self._fragments[name] = 0  # ends a cycle, which another rule reports
            fragment = self.context.get_fragment(name)
            self._fragments[name] = self._depth(fragment.selection_set) if fragment else 0
        return self._fragments[name]


_ONCE = {"__schema", "__type", "_service"}


class MutationsOnce(ASTValidationRule):
    """Allows each mutation once, so that aliases cannot guess codes or passwords in bulk.

    Introspection is allowed once as well, as it is expensive to execute; and so is the text of the
    whole schema, which a subgraph tells by `_service`.
    """

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
        executed: dict[str, set[str]] = {}
        for field in self._roots(node.selection_set, set()):
            key = (field.alias or field.name).value
            executed.setdefault(field.name.value, set()).add(key)
        for name, keys in executed.items():
            once = node.operation is OperationType.MUTATION or name in _ONCE
            if once and len(keys) > 1 and name != "__typename":
                self.report_error(GraphQLError(f"A document may execute {name} only once.", node))

    def _roots(self, selections: SelectionSetNode | None, seen: set[str]) -> Iterator[FieldNode]:
        for node in _nodes(selections):
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._roots(node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.context.get_fragment(node.name.value)
                yield from self._roots(fragment.selection_set if fragment else None, seen)


class MaxAliases(ASTValidationRule):
    aliases = 0

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.aliases += node.alias is not None
        if self.aliases == MAX_ALIASES + 1:
            self.report_error(GraphQLError(f"More than {MAX_ALIASES} aliases.", node))


class PlainIntrospection(ValidationRule):
    """Forbids aliases below `__schema` and `__type`, as each would repeat nested lists."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self.context.get_parent_type()
        if node.alias is not None and parent is not None and parent.name.startswith("__"):
            self.report_error(GraphQLError("Introspection takes no aliases.", node))


class NoServiceSdl(ValidationRule):
    """Forbids `_service` of a subgraph where introspection is off, as it tells the schema, too."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        if node.name.value == "_service" and self.context.get_field_def() is not None:
            told = "GraphQL introspection is off, and _service with it."
            self.report_error(GraphQLError(told, node))


class MaxDirectives(ASTValidationRule):
    directives = 0

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.directives += 1
        if self.directives == MAX_DIRECTIVES + 1:
            self.report_error(GraphQLError(f"More than {MAX_DIRECTIVES} directives.", node))


def _nodes(selections: SelectionSetNode | None) -> tuple[SelectionNode, ...]:
    return tuple(selections.selections) if selections else ()


LIMITS = (MaxDepth, MutationsOnce, MaxAliases, PlainIntrospection, MaxDirectives)
