"""What a scrape of the metrics gives."""

import httpx
from prometheus_client.parser import text_string_to_metric_families

Samples = dict[tuple[str, ...], float]


def samples(url: str) -> Samples:
    """Every number by its name and the values of its labels."""
    text = httpx.get(f"{url}/metrics").raise_for_status().text
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
