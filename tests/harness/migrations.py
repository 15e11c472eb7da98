"""Brings a database to the schema of any version."""

import shutil
from pathlib import Path

from aerich.migrate import Migrate
from tortoise.context import TortoiseContext

from models import upgrade
from models.configuration import dialect_of


async def migrate(url: str, *, versions: int | None = None, folder: Path | None = None) -> None:
    """Applies the first `versions` migrations, copied to `folder`; all of them for None."""
    async with TortoiseContext() as context:
        await context.init(upgrade.migrated_config(url))
        if folder is None:
            await upgrade.upgrade(url)
            return
        known = upgrade.migrations(dialect_of(url)).glob("[0-9]*_*.py")
        for path in sorted(known, key=lambda path: int(path.name.split("_")[0]))[:versions]:
            shutil.copy(path, folder)
        aerich = upgrade.command(url)
        Migrate.migrate_location = folder
        await aerich.upgrade()
