"""`make crash times=50`: the long version of tests/test_kill.py, on both databases."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from crashing import Aftermath, crash  # noqa: E402 - after the path to the tests' harness
from database import migrate  # noqa: E402
from postbox import Postbox  # noqa: E402
from postgres import Cluster  # noqa: E402


def _crash(url: str, workers: int, times: int) -> Aftermath:
    postbox = Postbox()
    postbox.start()
    try:
        settings = {"DATABASE_URL": url, "SECRET_KEY": "k" * 32, "SMTP_URL": postbox.url}
        return crash(times, workers=workers, settings=settings, postbox=postbox, tell=print)
    finally:
        postbox.stop()


def main(times: int) -> int:
    """0 if nothing was lost, 1 otherwise."""
    cluster = Cluster()
    cluster.start(options="-c fsync=on")
    with tempfile.TemporaryDirectory() as folder:
        lost = False
        for url, workers in (
            (f"sqlite://{folder}/connectx.sqlite3", 1),
            (cluster.url("postgres"), 2),
        ):
            migrate(url)
            aftermath = _crash(url, workers, times)
            print(f"{url.partition(':')[0]}, {workers} workers: {aftermath}")
            lost |= bool(
                aftermath.answered_but_not_stored | aftermath.half_written | aftermath.without_mail
            )
    cluster.stop()
    return int(lost)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
