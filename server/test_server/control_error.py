"""How the control API refuses a request."""

from collections.abc import Collection, Mapping


class ControlError(Exception):
    """A request of the control API is refused, with a sentence for whoever writes the test."""


def refuse_other_keys(asked: Mapping[str, object], keys: Collection[str]) -> None:
    """Raises ControlError if the request has another key than these, such as a misspelt one."""
    unknown = asked.keys() - set(keys)
    if unknown:
        known = f"Keys: {', '.join(sorted(keys))}." if keys else "It takes none."
        raise ControlError(f"There is no key `{min(unknown)}`. {known}")
