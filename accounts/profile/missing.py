"""What a profile lacks under a policy."""

from collections.abc import Collection

from accounts.policies.policy import Policy


def missing_fields(given: Collection[str] | None, *, policy: Policy) -> list[str]:
    """The keys of the required fields that have no value. `given` has the keys of the values.

    The policy may have changed since the values were stored, so this is asked for at each reading.
    """
    return [
        field.key for field in policy.profile if field.required and field.key not in (given or ())
    ]
