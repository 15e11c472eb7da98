"""`make crash times=50`: the long version of tests/faults/test_kill_nine.py, on both databases."""

import sys
import tempfile

from harness.crash_rounds import Aftermath, crash
from harness.database import migrate
from harness.postbox import Postbox
from timing import postgres_settings


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
    lost = False
    with tempfile.TemporaryDirectory() as folder, postgres_settings() as settings:
        sqlite = f"sqlite://{folder}/connectx.sqlite3"
        migrate(sqlite)
        for url, workers in ((sqlite, 1), (settings["DATABASE_URL"], 2)):
            aftermath = _crash(url, workers, times)
            print(f"{url.partition(':')[0]}, {workers} workers: {aftermath}")
            lost |= bool(
                aftermath.answered_but_not_stored
                | aftermath.half_written
                | aftermath.without_mail
                | aftermath.not_audited
            )
    return int(lost)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
