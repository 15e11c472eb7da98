"""The Containerfile: its steps, and the server of its image."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from harness.containerfile import image
from harness.distribution import Built
from harness.paths import ROOT
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import Process
from harness.service import Clock, Service
from harness.settings import CHEAP_HASHES

pytestmark = pytest.mark.slow

USER = 10001


def test_the_image_serves_as_a_user_without_rights_on_a_read_only_file_system(
    archives: Built, postbox: Postbox, tmp_path: Path
):
    context, data = tmp_path / "context", tmp_path / "data"
    (context / "dist").mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", context)
    shutil.copy(archives.wheel, context / "dist")
    data.mkdir()
    os.chown(data, USER, USER)
    port = free_port()
    text = (ROOT / "Containerfile").read_text()
    assert "8000" in text

    with image(text.replace("8000", str(port)), context, tmp_path) as made:

        def exit_code(*command: str) -> int:
            return subprocess.run(
                made.inside(list(command), data=data), capture_output=True, check=False
            ).returncode

        assert exit_code(*made.health) != 0
        assert exit_code("touch", "/tmp/file", f"{made.volume}/file") == 0
        assert exit_code("touch", "/opt/connectx/file") != 0
        settings = {"SMTP_URL": postbox.url, **CHEAP_HASHES}
        made.environ.update({f"CONNECTX_{name}": value for name, value in settings.items()})
        with Process(*made.inside(made.command, data=data)) as server:
            eventually(
                lambda: exit_code(*made.health) == 0 or not server.runs, "its health", patience=60
            )
            assert server.runs, server.output()
            assert Path(f"/proc/{server.pid}").stat().st_uid == USER
            service = Service(f"http://127.0.0.1:{port}", Clock())
            assert service.register()["__typename"] == "RegisterSuccess"
            assert service.verify(postbox.code("ada@example.com"))["user"]["isVerified"] is True
            assert server.stop() == 0
    assert {file.name for file in data.iterdir()} >= {"connectx.sqlite3", "secret.key"}
