"""Parses, validates and plans documents, once for each text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from graph.execution.compiled import Plan, plans_of
from graph.execution.limits import LIMITS, MAX_TOKENS
from graph.execution.observer import MAX_NAME

_MAX_ERRORS = 5
"""A client needs the first few; collecting more only costs time."""


@dataclass(frozen=True)
class Document:
    """A valid document, and the plans for those of its operations that can be planned."""

    node: DocumentNode
    operations: Mapping[str | None, OperationDefinitionNode]
    """By name; None is the only one."""
    names: Mapping[str | None, tuple[str, str | None]]
    """Each operation's kind and own name, for whoever observes."""
    plans: Mapping[str | None, Plan]

    @classmethod
    def of(cls, node: DocumentNode, *, schema: GraphQLSchema) -> Self:
        nodes = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        operations = {each.name.value if each.name else None: each for each in nodes}
        if len(nodes) == 1:
            operations[None] = nodes[0]
        names = {key: _told(operation) for key, operation in operations.items()}
        return cls(node, operations, names, plans_of(schema, node))


def _told(operation: OperationDefinitionNode) -> tuple[str, str | None]:
    name = operation.name.value[:MAX_NAME] if operation.name else None
    return operation.operation.value, name


class Documents:
    """Valid documents by their text; the least recently used leave first.

    Invalid ones are not kept, so that nonsense cannot push out what clients really send, and long
    ones neither, so that the cache has a size: at most `entries` times `longest` characters.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool = True,
        entries: int = 1_000,
        longest: int = 8_192,
    ) -> None:
        self._schema = schema
        self._rules = (
            *specified_rules,
            *LIMITS,
            *(() if introspection else (NoSchemaIntrospectionCustomRule,)),
        )
        # "Did you mean" tells the schema piece by piece to whoever may not read it.
        self._hide_suggestions = not introspection
        self._entries = entries
        self._longest = longest
        self._valid: OrderedDict[str, Document] = OrderedDict()

    def known(self, text: str) -> Document | None:
        """The document, if it was read before and is valid."""
        document = self._valid.get(text)
        if document is not None:
            self._valid.move_to_end(text)
        return document

    def read(self, text: str) -> Document | list[GraphQLError]:
        """The document, ready to execute, or what is wrong with it: a few milliseconds' work."""
        try:
            node = parse(text, max_lexical_tokens=MAX_TOKENS, max_comments=MAX_TOKENS)
        except GraphQLError as error:
            return [error]
        errors = validate(
            self._schema,
            node,
            self._rules,
            max_errors=_MAX_ERRORS,
            hide_suggestions=self._hide_suggestions,
        )
        if errors:
            return errors
        document = Document.of(node, schema=self._schema)
        if len(text) <= self._longest:
            self._valid[text] = document
            if len(self._valid) > self._entries:
                self._valid.popitem(last=False)
        return document
