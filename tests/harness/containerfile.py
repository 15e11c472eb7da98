"""The Containerfile: its instructions, and the file system that they make."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.tools import needed

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Only this format has health checks. What its base needs has been pulled before.
_HERE = ("--format", "docker", "--pull=false")
_FLAG = re.compile(r"^--\S+\s+")
_CONTINUED = re.compile(r"\\\n\s*")


@dataclass(frozen=True)
class Image:
    """What a container is started with."""

    root: Path
    environ: dict[str, str]
    user: str
    volume: str
    health: list[str]
    command: list[str]

    def inside(self, command: list[str], *, data: Path) -> list[str]:
        """The command as a container runs it.

        It has the user of the image, and a file system that is read-only but for the volume `data`
        and /tmp. It shares the network of this machine.
        """
        variables = [f"{name}={value}" for name, value in self.environ.items()]
        root = shlex.quote(str(self.root))
        script = f"""
            mount --bind {root} {root}
            {_with_devices(self.root)}
            mount --bind {shlex.quote(str(data))} {root}{self.volume}
            mount -t tmpfs tmpfs {root}/tmp
            mount -o remount,bind,ro {root}
            exec chroot --userspec={self.user} {root} env -i "$@"
        """
        return ["unshare", "--mount", "sh", "-euc", script, "sh", *variables, *command]


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction with its arguments, on one line."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    joined = _CONTINUED.sub(" ", "\n".join(lines))
    return [
        (name, rest.strip())
        for name, _, rest in (line.partition(" ") for line in joined.splitlines())
        if name
    ]


@contextmanager
def image(text: str, context: Path, folder: Path) -> Iterator[Image]:
    """The image of a Containerfile, which copies files from `context`.

    Buildah or Podman builds it where its base can be had. Elsewhere its steps run one by one above
    the file system of this machine, which is Debian as well.
    """
    if os.geteuid() != 0:
        needed("Only root can mount file systems.")
    steps = instructions(text)
    given = dict(steps)
    file = folder / "Containerfile"
    file.write_text(text)
    builder = _builder(given["FROM"])
    made = _built(builder, file, context) if builder else _executed(steps, context, folder)
    with made as root:
        yield Image(
            root=root,
            environ=dict(rest.split("=", 1) for name, rest in steps if name == "ENV"),
            user=given["USER"],
            volume=given["VOLUME"],
            health=json.loads(given["HEALTHCHECK"].partition(" CMD ")[2]),
            command=json.loads(given["ENTRYPOINT"]) + json.loads(given["CMD"]),
        )


def _builder(base: str) -> str | None:
    """A program that builds images and has the base, or can get it."""
    for name in ("buildah", "podman"):
        if shutil.which(name):
            for command in ([name, "inspect", "--type=image", base], [name, "pull", "-q", base]):
                if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                    return name
    return None


@contextmanager
def _built(builder: str, file: Path, context: Path) -> Iterator[Path]:
    tag = f"localhost/connectx-test-{os.getpid()}"
    _run(builder, "build", *_HERE, "-t", tag, "-f", str(file), str(context))
    container = _run(builder, "from" if builder == "buildah" else "create", tag)
    try:
        yield Path(_run(builder, "mount", container))
    finally:
        _run(builder, "rm", container)
        _run(builder, "rmi", tag)


@contextmanager
def _executed(steps: list[tuple[str, str]], context: Path, folder: Path) -> Iterator[Path]:
    with _layer(folder) as root:
        for name, rest in steps:
            if name == "RUN":
                _run_inside(root, _FLAG.sub("", rest))
            elif name == "COPY":
                *sources, target = rest.split()
                into = root / target.strip("/")
                into.mkdir(parents=True, exist_ok=True)
                for pattern in sources:
                    (found,) = context.glob(pattern)
                    shutil.copy(found, into)
        yield root


@contextmanager
def _layer(folder: Path) -> Iterator[Path]:
    """A root folder with the files of this machine, of which nothing is changed."""
    layers, root = folder / "layers", folder / "root"
    layers.mkdir()
    root.mkdir()
    _run("mount", "-t", "tmpfs", "tmpfs", str(layers))
    try:
        (layers / "upper").mkdir()
        (layers / "work").mkdir()
        options = f"lowerdir=/,upperdir={layers}/upper,workdir={layers}/work"
        _run("mount", "-t", "overlay", "overlay", "-o", options, str(root))
        try:
            yield root
        finally:
            _run("umount", "--lazy", str(root))
    finally:
        _run("umount", "--lazy", str(layers))


def _run_inside(root: Path, command: str) -> None:
    """Runs it with the way to the package registries that this machine has."""
    script = f'{_with_devices(root)}; exec chroot {shlex.quote(str(root))} sh -euc "$1"'
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    _run(
        *("unshare", "--mount", "sh", "-euc", script, "sh", command),
        environ={**environ, "PATH": _PATH, "DEBIAN_FRONTEND": "noninteractive"},
    )


def _with_devices(root: Path) -> str:
    inside = shlex.quote(str(root))
    return f"mount --rbind /dev {inside}/dev; mount --rbind /proc {inside}/proc"


def _run(*command: str, environ: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
