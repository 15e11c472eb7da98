"""Loads a policy that an operator names: a preset, or a TOML file."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from accounts.policies.error_sentences import sentences
from accounts.policies.policy import Policy
from accounts.policies.presets import PRESETS


class PolicyError(ValueError):
    """The policy is invalid. The message tells operators what is wrong and where."""


def load(source: str) -> Policy:
    """The policy that `source` names: a preset, or the path of a TOML file.

    Raises PolicyError.
    """
    if source in PRESETS:
        return PRESETS[source]
    path = Path(source)
    if not _is_file(path):
        names = ", ".join(PRESETS)
        raise PolicyError(f"{source!r} is neither a preset ({names}) nor the path of a TOML file")
    try:
        return Policy.model_validate({"name": path.stem, **tomllib.loads(path.read_text("utf-8"))})
    except OSError as error:
        raise PolicyError(f"{source}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{source}: is not TOML: {error}") from None
    except ValidationError as error:
        problems = sentences(error, model=Policy)
        raise PolicyError("\n".join(f"{source}: {problem}" for problem in problems)) from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a text that is too long for a path
        return False
