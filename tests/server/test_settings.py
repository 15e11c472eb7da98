"""What an operator cannot set by mistake."""

import pytest
from harness.processes import connectx


@pytest.mark.parametrize("proxies", ["*", "everybody", "10.0.0.0/33"])
def test_a_proxy_that_is_no_address_is_not_trusted(proxies: str):
    answer = connectx("policies", TRUSTED_PROXIES=proxies)

    assert answer.returncode == 2
    assert answer.stderr.startswith("CONNECTX_TRUSTED_PROXIES: takes addresses and networks")
