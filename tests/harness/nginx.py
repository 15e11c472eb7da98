"""The real nginx with the configuration of `connectx init`, in a folder of a test's own."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from harness.certificates import self_signed
from harness.paths import ROOT
from harness.polling import eventually
from harness.postgres import free_port
from harness.processes import Process
from harness.service import Clock, Service
from harness.tools import find_tool

INIT_FILE = ROOT / "server" / "init_files" / "nginx.conf"
"""What `connectx init` writes, with an example's name."""

_AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/connectx.conf;
}}
"""


def nginx() -> str:
    return find_tool("nginx", "/usr/sbin/nginx", get="apt-get install nginx-light")


def configuration(folder: Path, *, port: int, upstream: int, file: Path = INIT_FILE) -> Path:
    """A test's ports and certificate in the file, and what a package has around it."""
    self_signed(folder / "nginx.pem")
    text = file.read_text()
    for theirs, ours in (
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/connectx/fullchain.pem", str(folder / "nginx.pem")),
        ("/etc/ssl/connectx/privkey.pem", str(folder / "nginx.pem")),
    ):
        assert theirs in text
        text = text.replace(theirs, ours)
    (folder / "connectx.conf").write_text(text)
    main = folder / "nginx.conf"
    main.write_text(_AROUND.format(folder=folder))
    return main


class Clients:
    """Clients at several addresses of this machine, which all ask nginx."""

    def __init__(self, port: int, certificate: Path) -> None:
        self._url = f"https://127.0.0.1:{port}"
        self.tls = ssl.create_default_context(cafile=str(certificate))

    def at(self, address: str) -> Service:
        service = Service(self._url, Clock())
        service.http.close()
        transport = httpx.HTTPTransport(verify=self.tls, local_address=address)
        service.http = httpx.Client(base_url=self._url, transport=transport, timeout=30)
        return service


@contextmanager
def proxied(folder: Path, upstream: int) -> Iterator[Clients]:
    """nginx before a server at the port `upstream`."""
    port = free_port()
    main = configuration(folder, port=port, upstream=upstream)
    with Process(nginx(), "-p", str(folder), "-c", str(main)) as process:
        clients = Clients(port, folder / "nginx.pem")
        eventually(lambda: _answers(clients) or not process.runs, "nginx")
        assert process.runs, process.output()
        yield clients


def _answers(clients: Clients) -> bool:
    with clients.at("127.0.0.1").http as http:
        try:
            return http.get("/healthz").is_success
        except httpx.TransportError:
            return False
