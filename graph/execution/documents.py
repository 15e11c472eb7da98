"""Parses, validates and plans documents, once for each text."""

import re
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
from graph.execution.document_limits import LIMITS, MAX_TOKENS, NoServiceSdl
from graph.execution.observer import MAX_OPERATION_NAME

_INTROSPECTION = re.compile(r"\b__(?:schema|type)\b")
"""The fields of introspection. A comment or a string with these names counts as well."""

_MAX_ERRORS = 5
"""A client needs only the first few, and collecting more costs time."""


@dataclass(frozen=True)
class Document:
    """A valid document, and plans for the operations in it that can be planned."""

    node: DocumentNode
    operations: Mapping[str | None, OperationDefinitionNode]
    """By name. The only operation of a document has the key None as well."""
    names: Mapping[str | None, tuple[str, str | None]]
    """The kind and the name of each operation, for the observer."""
    plans: Mapping[str | None, Plan]
    introspects: bool
    """Whether its text names a field that reads the schema, which takes long."""

    @classmethod
    def of(cls, node: DocumentNode, *, schema: GraphQLSchema) -> Self:
        nodes = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        operations = {each.name.value if each.name else None: each for each in nodes}
        if len(nodes) == 1:
            operations[None] = nodes[0]
        names = {key: _kind_and_name(operation) for key, operation in operations.items()}
        text = node.loc.source.body if node.loc else ""
        introspects = _INTROSPECTION.search(text) is not None
        return cls(node, operations, names, plans_of(schema, node), introspects)


def _kind_and_name(operation: OperationDefinitionNode) -> tuple[str, str | None]:
    name = operation.name.value[:MAX_OPERATION_NAME] if operation.name else None
    return operation.operation.value, name


_ENTRIES = 1_000
"""Documents in the cache."""

_LONGEST = 8_192
"""Characters of a document in the cache."""


class Documents:
    """A cache of valid documents by text. The least recently used are dropped first.

    Invalid documents are not kept, so that they cannot displace valid ones. Texts longer than
    `_LONGEST` are not kept either, which bounds the memory of the cache.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool = True,
    ) -> None:
        self._schema = schema
        self._rules = (
            *specified_rules,
            *LIMITS,
            *(() if introspection else (NoSchemaIntrospectionCustomRule, NoServiceSdl)),
        )
        # "Did you mean" would reveal the schema to clients that may not read it.
        self._hide_suggestions = not introspection
        self._valid: OrderedDict[str, Document] = OrderedDict()

    def known(self, text: str) -> Document | None:
        """The cached document of a text, or None."""
        document = self._valid.get(text)
        if document is not None:
            self._valid.move_to_end(text)
        return document

    def read(self, text: str) -> Document | list[GraphQLError]:
        """Parses, validates and plans a document, and keeps it; or returns its errors."""
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
        if len(text) <= _LONGEST:
            self._valid[text] = document
            if len(self._valid) > _ENTRIES:
                self._valid.popitem(last=False)
        return document
