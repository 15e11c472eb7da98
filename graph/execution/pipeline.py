"""Executes requests of every transport: reads the document, runs it, and leaks no secrets."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, nullcontext, suppress
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    subscribe,
)

from accounts.verification.subscribers import ClosingError
from graph.context import Context
from graph.execution.budget import Budget
from graph.execution.compiled import Resolved, replay
from graph.execution.documents import Document, Documents
from graph.transport import answers
from graph.transport.request import GraphQLRequest, RefusedError
from graph.trusted import Trusted, only_trusted


class Pipeline:
    """Executes requests against a schema, with one cache and two budgets for all transports.

    A client's budget is charged for new documents and rejected requests, and another one for
    introspection: a tool that polls the schema does not keep others at its address from sending new
    documents. Other known documents cost nothing.
    """

    def __init__(self, schema: GraphQLSchema, *, introspection: bool, trusted: Trusted) -> None:
        self._schema = schema
        self._trusted = trusted
        self._documents = Documents(schema, introspection=introspection)
        self._budget = Budget()
        self._introspection_budget = Budget()
        self._hide_suggestions = not introspection

    def document(self, request: GraphQLRequest, client: str) -> Document | list[GraphQLError]:
        """The request's document, or errors. Raises RefusedError if its budget is used up."""
        found = self._find(request, client)
        if isinstance(found, list):
            self.count_rejected(client)
        elif found.introspects:
            _check(self._introspection_budget, client)
        return found

    def count_rejected(self, client: str) -> None:
        """Charges the client for a rejected request. Raises RefusedError if no budget is left."""
        _check(self._budget, client)
        self._budget.charge(client)

    def _find(self, request: GraphQLRequest, client: str) -> Document | list[GraphQLError]:
        text = request.query
        if request.document_id is not None:
            identified = self._trusted.identified(request.document_id, text)
            if identified is not None:
                return identified
        known = self._documents.known(text) or self._trusted.by_text.get(text)
        if known is not None:
            return known
        if self._trusted.only:
            return only_trusted()
        _check(self._budget, client)
        with self._budget.spending(client):
            return self._documents.read(text)

    async def execute(
        self, document: Document, request: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        """The result of a query or a mutation."""
        with context.observer.operation(*document.names[request.operation_name]) as report:
            result = await self.result_of(document, request, context)
            report("errors" if result.errors else "ok")
        return result

    async def result_of(
        self, document: Document, request: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        """The result of a query or a mutation, by its plan if it has one."""
        resolved: Resolved = {}
        plan = document.plans.get(request.operation_name)
        if plan is not None:
            # After any exception, graphql-core reports the error, with the values resolved so far.
            with suppress(Exception):
                data = await plan.run(request.variables, context=context, resolved=resolved)
                return ExecutionResult(data, None)
        middleware = [replay(resolved)] if resolved else []
        return await self.result_without_plan(document, request, context, middleware=middleware)

    async def result_without_plan(
        self,
        document: Document,
        request: GraphQLRequest,
        context: Context,
        *,
        middleware: list[Callable[..., Any]],
    ) -> ExecutionResult:
        """The result of a query or a mutation, by graphql-core with this middleware."""
        client = context.client.key if document.introspects else None
        with self._introspection_budget.spending(client) if client else nullcontext():
            result = execute(
                self._schema,
                document.node,
                middleware=middleware or None,
                **self._arguments(request, context),
            )
        return await result if isawaitable(result) else result

    async def bodies(
        self, document: Document, request: GraphQLRequest, context: Context
    ) -> AsyncGenerator[dict[str, Any], None]:
        """The response maps of any operation, in turn. One without `data` is the last.

        One task has to read all of them and close the generator, as a trace is bound to its task.
        Raises accounts.verification.subscribers.ClosingError when this process is asked to stop.
        """
        outcome = "left"
        with context.observer.operation(*document.names[request.operation_name]) as report:
            try:
                async with aclosing(self._results(document, request, context)) as results:
                    async for result in results:
                        outcome = "errors" if result.errors else outcome
                        yield answers.body(result)
                outcome = "ok" if outcome == "left" else outcome
            except ClosingError:
                outcome = "cut"
                raise
            except Exception as error:  # noqa: BLE001 - sent, or the client would wait forever
                outcome = "errors"
                yield {"errors": [answers.stream_error(error)]}
            finally:
                report(outcome)

    async def _results(
        self, document: Document, request: GraphQLRequest, context: Context
    ) -> AsyncGenerator[ExecutionResult, None]:
        if operation_of(document, request) is not OperationType.SUBSCRIPTION:
            yield await self.result_of(document, request, context)
            return
        source = subscribe(self._schema, document.node, **self._arguments(request, context))
        results = await source if isawaitable(source) else source
        if isinstance(results, ExecutionResult):
            yield results
            return
        async with aclosing(results):  # type: ignore[type-var] # a generator, by its source code
            async for result in results:
                yield result

    def _arguments(self, request: GraphQLRequest, context: Context) -> dict[str, Any]:
        return {
            "context_value": context,
            "variable_values": request.variables,
            "operation_name": request.operation_name,
            "hide_suggestions": self._hide_suggestions,
        }


def _check(budget: Budget, client: str) -> None:
    wait = budget.wait(client)
    if wait:
        told = "Too many documents that are new, were rejected or read the schema"
        raise RefusedError(429, told, retry_after=wait)


def operation_of(document: Document, request: GraphQLRequest) -> OperationType | None:
    """The kind of the requested operation; None if the document does not have it."""
    operation = document.operations.get(request.operation_name)
    return operation.operation if operation is not None else None


def no_such_operation() -> list[GraphQLError]:
    """The error for a request that names no operation of its document."""
    return [GraphQLError("operationName must name one of the document's operations.")]
