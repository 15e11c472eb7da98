"""What the numbers were measured on."""

import importlib.metadata
import os
import platform
from pathlib import Path
from typing import Any

import psutil
from offering import OTHER_CORES, SERVER_CORES

_PACKAGES = ("argon2-cffi-bindings", "asyncpg", "graphql-core", "starlette", "uvicorn", "uvloop")


def facts() -> dict[str, Any]:
    """Cores, memory, versions, and how busy others kept the machine when this began."""
    return {
        "processor": _processor(),
        "cores": len(SERVER_CORES | OTHER_CORES),
        "server_cores": sorted(SERVER_CORES),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "load_average": os.getloadavg()[0],
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
    }


def described() -> str:
    known = facts()
    packages = ", ".join(f"{name} {version}" for name, version in known["packages"].items())
    return (
        f"{known['processor']}, {known['cores']} cores (the server on {known['server_cores']}), "
        f"{known['memory_gib']} GiB, Python {known['python']}, "
        f"load {known['load_average']:.1f}; {packages}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
