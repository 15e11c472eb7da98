"""`make overload`: registrations at ten times what the hashing can do.

Measures the capacity with as many clients as cores, then sends ten times as much for ten seconds,
whether answers come or not. Prints the latency of those who were admitted and of those who were
refused, and the server's memory before and after.
"""

import asyncio
import sys
import time
from itertools import count

import httpx
import psutil
from harness import UNLIMITED, percentile_ms, postgres_settings
from process import Server, serving
from service import OPERATIONS

from accounts.hashing import HashingCost

_SECONDS = 10
_TIMES = 10
_REGISTER = (OPERATIONS / "register.graphql").read_text()
_numbers = count()


async def _register(http: httpx.AsyncClient) -> tuple[str, float]:
    given = {
        "name": "Ada",
        "email": f"person{next(_numbers)}@example.com",
        "password": "secure_password",
    }
    begun = time.perf_counter()
    answer = await http.post("/graphql", json={"query": _REGISTER, "variables": {"input": given}})
    kind = answer.json()["data"]["register"]["__typename"]
    return kind, time.perf_counter() - begun


async def _capacity(http: httpx.AsyncClient, clients: int) -> float:
    """Registrations a second, each client waiting for its answer."""
    end = time.perf_counter() + 5

    async def client() -> int:
        done = 0
        while time.perf_counter() < end:
            await _register(http)
            done += 1
        return done

    return sum(await asyncio.gather(*(client() for _ in range(clients)))) / 5


async def _overload(http: httpx.AsyncClient, rate: float) -> list[tuple[str, float]]:
    tasks = []
    begun = time.perf_counter()
    for number in range(int(rate * _SECONDS)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(_register(http)))
    return await asyncio.gather(*tasks)


def _memory_mib(server: Server) -> float:
    process = psutil.Process(server.pid)
    family = [process, *process.children(recursive=True)]
    return sum(member.memory_info().rss for member in family) / 2**20


async def _measure(server: Server) -> None:
    limits = httpx.Limits(max_connections=1_000)
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
        await _register(http)
        unloaded = [(await _register(http))[1] for _ in range(30)]
        before = _memory_mib(server)
        capacity = await _capacity(http, clients=4)
        answers = await _overload(http, capacity * _TIMES)
    print(f"capacity {capacity:.0f} registrations a second, offered {capacity * _TIMES:.0f}")
    print(f"unloaded: median {percentile_ms(unloaded, 50):.0f} ms")
    for kind in sorted({kind for kind, _ in answers}):
        times = [seconds for found, seconds in answers if found == kind]
        print(
            f"{kind}: {len(times)}, median {percentile_ms(times, 50):.0f} ms, "
            f"p99 {percentile_ms(times, 99):.0f} ms"
        )
    print(f"memory: {before:.0f} MiB before, {_memory_mib(server):.0f} MiB after")


def main() -> None:
    cost = HashingCost()
    real = {"ARGON2_MEMORY_KIB": str(cost.memory_kib), "ARGON2_ITERATIONS": str(cost.iterations)}
    with postgres_settings() as settings:
        chosen = {**settings, **UNLIMITED, **real, "HASHING_QUEUE": "16"}
        with serving("--no-delivery", **chosen) as server:
            asyncio.run(_measure(server))


if __name__ == "__main__":
    sys.exit(main())
