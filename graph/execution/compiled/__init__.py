"""Plans operations once, and runs them without reading their documents again.

A plan handles only the regular case: valid variables, known types, no null where none is allowed.
graphql-core, which has every rule and message, handles all other cases (docs/decisions/0006).
"""

from graph.execution.compiled.plans import Plan, Resolved, plans_of, replay

__all__ = ["Plan", "Resolved", "plans_of", "replay"]
