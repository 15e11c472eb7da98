"""Operations that are planned once, and then run without looking at their document again.

A plan does what goes well: good variables, known types, no null where none may be. Whatever else
comes up is graphql-core's, which knows every rule and every message: docs/decisions/0006.
"""

from graph.execution.compiled.definitions import UnusualError
from graph.execution.compiled.plans import Plan, Resolved, plans_of, replay

__all__ = ["Plan", "Resolved", "UnusualError", "plans_of", "replay"]
