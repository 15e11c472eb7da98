"""What a plan is not made for."""


class UnplannableError(Exception):
    """The operation has something that no plan knows: graphql-core executes it, each time."""


class UnusualError(Exception):
    """A value is not as it should be: graphql-core executes this request, and says why."""
