"""`make migration name=NAME` writes the migrations for changed models.

It writes one file per dialect and touches no database. Read the files before you commit them.
"""

import asyncio
import sys

from aerich.migrate import Migrate
from tortoise import Tortoise

from models.upgrade import command, migrations

_URLS = ("sqlite://:memory:", "postgres://localhost/offline")


async def write(name: str) -> list[str]:
    """The names of the written files. A dialect whose schema has not changed gets none."""
    written = []
    for url in _URLS:
        aerich = command(url)
        await Tortoise.init(config=aerich.tortoise_config)
        folder = migrations("sqlite" if url.startswith("sqlite") else "postgres")
        if any(folder.glob("[0-9]*_*.py")):
            await aerich.init(offline=True)
            written.append(await aerich.migrate(name, no_input=True, offline=True))
            # aerich collects statements on its class, so they are cleared for the next dialect.
            Migrate.upgrade_operators.clear()
            Migrate.downgrade_operators.clear()
        else:
            await aerich.init_migrations(safe=False)
            written.append("init")
        await Tortoise.close_connections()
    return [file for file in written if file]


if __name__ == "__main__":
    print(*asyncio.run(write(sys.argv[1])), sep="\n")
