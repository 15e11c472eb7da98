"""Executes requests like any server, but for mutations whose answers tests have chosen."""

from typing import Any

from graphql import ExecutionResult

from graph.context import Context
from graph.execution.budget import Budget
from graph.execution.documents import Document
from graph.execution.pipeline import Pipeline
from graph.transport.request import GraphQLRequest
from server.test_server.chosen_answers import ChosenAnswers


class _NoLimit(Budget):
    """A suite may send any number of new documents, of wrong ones, and of reads of the schema."""

    def wait(self, client: str) -> int:  # noqa: ARG002 - that of a budget
        return 0


class AnsweringPipeline(Pipeline):
    """Executes documents by graphql-core while chosen answers wait, as plans run no middleware."""

    def __init__(self, *arguments: Any, answers: ChosenAnswers, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._answers = answers
        self._budget = self._introspection_budget = _NoLimit()

    async def result_of(
        self, document: Document, request: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        if not self._answers.are_waiting:
            return await super().result_of(document, request, context)
        chosen = [self._answers.middleware()]
        return await self.result_without_plan(document, request, context, middleware=chosen)
