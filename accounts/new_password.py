"""Checks and hashes a password that a user chooses for an account that exists."""

from dataclasses import replace

from accounts import passwords
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.problems import InvalidInput
from accounts.tenants import product_of
from models import User

FIELD = "newPassword"
"""The field's name in the inputs that replace a password."""


async def check_new_password(
    typed: str, *, user: User, field: str = FIELD, env: Environment
) -> InvalidInput | None:
    """Why the password is rejected, by the policy of the user's tenant or as a breached one.

    None if it is accepted.
    """
    policy = product_of(user.tenant, env=env).policy
    password = passwords.normalised(typed)
    problem = await passwords.problem_of_new_password(password, policy=policy, env=env)
    return None if problem is None else InvalidInput((replace(problem, field=field),))


def check_new_password_by_policy(
    typed: str, *, user: User, env: Environment
) -> InvalidInput | None:
    """As `check_new_password`, without a look-up of breached passwords."""
    policy = product_of(user.tenant, env=env).policy
    problem = passwords.problem_by_policy(passwords.normalised(typed), policy=policy)
    return None if problem is None else InvalidInput((replace(problem, field=FIELD),))


async def hash_new_password(typed: str, *, client: Client, env: Environment) -> str:
    """The encoded hash of the password. Raises Busy."""
    return await env.hasher.hash(
        passwords.normalised(typed), queue=Queue.LOGIN, is_wanted=client.is_connected
    )
