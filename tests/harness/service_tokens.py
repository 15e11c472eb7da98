"""Audiences and signing keys, as the commands make them, by the clock of the server under test."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from harness.database import apart
from harness.service import Clock
from harness.settings import environment
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import ECKey
from tortoise.context import TortoiseContext

from accounts.environment import Environment
from accounts.operator import audiences, signing_keys
from accounts.service_tokens.signing_keys import Algorithm
from models.configuration import tortoise_config
from server.composition import operator_environment
from server.settings import Settings

T = TypeVar("T")


class Operator:
    """What an operator does with audiences and keys."""

    def __init__(self, settings: dict[str, str], clock: Clock) -> None:
        self._settings = settings
        self.clock = clock

    def audience(self, name: str = "posts", *, email: bool = False, **template: Any) -> Any:
        return self._run(
            lambda env: audiences.create(
                name=name, template=template, has_email=email, actor="tester", env=env
            )
        )

    def rotate(self, *, at_once: bool = False, algorithm: Algorithm = Algorithm.ES256) -> Any:
        return self._run(
            lambda env: signing_keys.rotate(
                algorithm=algorithm, at_once=at_once, actor="tester", env=env
            )
        )

    def retire(self, kid: str) -> Any:
        return self._run(lambda env: signing_keys.retire(kid=kid, actor="tester", env=env))

    def _run(self, work: Callable[[Environment], Awaitable[T]]) -> T:
        with environment(**self._settings):
            settings = Settings.read()

        async def done() -> T:
            async with TortoiseContext() as context:
                await context.init(tortoise_config(settings.database))
                return await work(replace(operator_environment(settings), clock=self.clock))

        return apart(done())


def forged(claims: dict[str, Any], **header: Any) -> str:
    """A token with these claims that another key than ours has signed."""
    key = ECKey.generate_key("P-256")
    return joserfc_jwt.encode({"alg": "ES256", "typ": "at+jwt", **header}, claims, key)
