"""The machine's clock."""

from datetime import UTC, datetime
from functools import partial

utc_now = partial(datetime.now, UTC)
