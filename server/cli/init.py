"""`connectx init`: the files of a deployment."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from server.cli.shared import refuse
from server.secret_key import new_secret_key

_TEMPLATES = Path(__file__).parent.parent / "init_files"
"""Valid files, with the values of an example in them."""

# Whatever the umask: the server has a user of its own, who reads the policy.
_SECRET, _READABLE, _ENTERED = 0o600, 0o644, 0o755
_FILES = {
    ".env": ("env", _SECRET),
    "policy.toml": ("policy.toml", _READABLE),
    "connectx.service": ("connectx.service", _READABLE),
    "nginx.conf": ("nginx.conf", _READABLE),
    "Caddyfile": ("Caddyfile", _READABLE),
}

# Characters that need no quotes in the files of systemd and nginx.
_PLAIN_PATH = re.compile(r"/[\w./+-]*", re.ASCII)
_PLAIN_URL = re.compile(r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)*)", re.ASCII)

_HIDDEN = ("/home/", "/root/", "/run/user/", "/tmp/")  # noqa: S108 - names folders, uses none
"""Folders that the systemd unit hides from the server."""

_NEXT = """\
{folder} has the files of a deployment at {url}. Next:

1. Name the mail server in {folder}/.env. This command says what is missing:
     {command} --env-file {folder}/.env doctor
2. To try it, with a database in the current folder:
     CONNECTX_DATA_DIR=data {command} serve --env-file {folder}/.env
3. To run it as a service, as root:
     cp {folder}/connectx.service /etc/systemd/system/
     systemctl enable --now connectx
4. Put nginx, with the paths of your certificate, or Caddy before it:
     cp {folder}/nginx.conf /etc/nginx/conf.d/connectx.conf
     cp {folder}/Caddyfile /etc/caddy/Caddyfile
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the files.")],
    *,
    public_url: Annotated[
        str, typer.Option(metavar="URL", help="Where people will reach the server.")
    ] = "https://accounts.example.com",
) -> None:
    """Write settings with a secret key, a policy, a systemd unit, and files for nginx and Caddy.

    Existing files are not changed.

    Example: connectx init /etc/connectx --public-url https://accounts.example.com
    """
    url = _PLAIN_URL.fullmatch(public_url.rstrip("/"))
    if url is None:
        raise typer.BadParameter(
            "takes https:// and a name, such as https://accounts.example.com",
            param_hint="--public-url",
        )
    home, program = folder.absolute(), Path(sys.executable).with_name("connectx")
    for path in (home, program):
        if not _PLAIN_PATH.fullmatch(str(path)):
            refuse(f"{path}: systemd and nginx take paths of letters, digits and . _ + - /")
    if there := [name for name in _FILES if os.path.lexists(home / name)]:
        refuse(f"{home} has {', '.join(there)} already. Nothing was written.")
    values = {
        "<connectx secret-key>": new_secret_key(),
        "/opt/connectx/.venv/bin/connectx": str(program),
        "/etc/connectx": str(home),
        "accounts.example.com": url[1],
    }
    _write(home, values)
    typer.echo(_NEXT.format(folder=home, url=url[0], command=_typed(program)), nl=False)
    for path in (home, program):
        if str(path).startswith(_HIDDEN):
            typer.echo(f"connectx.service names {path}, which it hides from the server.", err=True)


def _typed(program: Path) -> str:
    """The command to type: the program's name if it is on PATH, else its full path."""
    found = shutil.which(program.name)
    return program.name if found and Path(found).samefile(program) else str(program)


def _write(home: Path, values: dict[str, str]) -> None:
    """Writes all files, with these values in place of the example's."""
    example = re.compile("|".join(map(re.escape, values)))
    try:
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(_ENTERED)
        for name, (template, mode) in _FILES.items():
            text = (_TEMPLATES / template).read_text("utf-8")
            created = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SECRET)
            with os.fdopen(created, "w", encoding="utf-8") as file:
                os.fchmod(created, mode)
                file.write(example.sub(lambda found: values[found[0]], text))
    except OSError as error:
        refuse(f"{home} cannot be written: {error.strerror}")
