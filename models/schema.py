"""Brings the database to the schema of the models, and tells whether it is there."""

from pathlib import Path

from aerich import Command
from aerich.migrate import Migrate
from aerich.models import Aerich
from tortoise.exceptions import OperationalError

from models.database import Dialect, dialect, dialect_of, fetch, tortoise_config

_PACKAGE = Path(__file__).parent


def migrations(of: Dialect) -> Path:
    return _PACKAGE / "migrations" / of


def command(url: str) -> Command:
    """Aerich for this project's folders, which differ by dialect."""
    # aerich appends the app's name to a location that does not contain it; the app is `models`.
    location = _PACKAGE.parent / "{app}" / "migrations" / dialect_of(url)
    return Command(tortoise_config(url), app="models", location=str(location))


async def upgrade(url: str) -> list[str]:
    """Applies what is pending, and returns the names of the migrations that it applied."""
    aerich = command(url)
    Migrate.migrate_location = migrations(dialect_of(url))
    return await aerich.upgrade(run_in_transaction=True)


async def pending() -> list[str]:
    """The migrations that this release has and the connected database does not."""
    known = sorted(
        (path.name for path in migrations(dialect()).glob("[0-9]*_*.py")),
        key=lambda name: int(name.split("_", 1)[0]),
    )
    try:
        applied = {row["version"] for row in await fetch("SELECT version FROM aerich")}
    except OperationalError:
        applied = set()  # no table yet: a new database
    return [name for name in known if name not in applied]


__all__ = ["Aerich", "command", "migrations", "pending", "upgrade"]
