"""What the product uses of libraries that they keep to themselves. A new version may change it.

If a test here fails after an upgrade, look at the file that it names, and at the library's changes
to what it names. test_private_names.py has the list of them.
"""

import ast
import inspect
from importlib.metadata import distribution
from pathlib import Path
from runpy import run_path

from aerich.migrate import Migrate
from fastapi_mail.connection import Connection
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.bridge import RedisBridge
from limits.aio.storage.redis.redispy import RedispyBridge
from prometheus_client.multiprocess import MultiProcessCollector
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import ConnectionWrapper, TransactionContextPooled
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.context import TortoiseContext
from tortoise.models import Model
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.supervisors import Multiprocess
from websockets.server import ServerProtocol

from graph.schema import schema


def test_strawberry_has_graphql_cores_schema_and_its_definitions_by_these_names():
    told = "graph/schema.py and graph/execution/compiled/definitions.py ask Strawberry for them"
    core = schema._schema
    assert core.query_type is not None, told
    field = core.query_type.fields["viewer"]
    definition = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    names = ("base_resolver", "extensions", "permission_classes", "python_name")
    assert all(hasattr(definition, name) for name in names), told
    assert hasattr(definition.base_resolver, "wrapped_func"), told


def test_arguments_have_no_extensions_that_plans_would_have_to_run():
    told = "graph/execution/compiled/definitions.py looks at the extensions of fields only"
    assert "extension" not in inspect.getsource(StrawberryArgument), told


def test_tortoises_client_for_postgres_is_as_its_subclass_expects():
    told = "models/sql/postgres*.py override or use these of Tortoise's client"
    names = ("_in_transaction", "_close", "acquire_connection", "connection_class", "create_pool")
    for name in names:
        assert hasattr(AsyncpgDBClient, name), f"{told}: {name}"
    assert "_pool_init_lock" in inspect.signature(TransactionContextPooled).parameters or (
        "pool_init_lock" in inspect.signature(TransactionContextPooled).parameters
    ), told
    source = inspect.getsource(TransactionContextPooled.__aenter__)
    for name in ("self.client._connection", "self.client._parent._pool", "self.token"):
        assert name in source, f"{told}: {name}"
    assert "_parent" in inspect.getsource(TransactionWrapper.__init__), told


def test_tortoises_client_for_sqlite_is_as_its_subclass_expects():
    told = "models/sql/sqlite.py overrides or uses these of Tortoise's client"
    for name in ("_in_transaction", "acquire_connection", "create_connection"):
        assert hasattr(SqliteClient, name), f"{told}: {name}"
    for source, names in (
        (SqliteClient.__init__, ("self._lock = asyncio.Lock()",)),
        (ConnectionWrapper.__init__, ("self._lock",)),
        (SqliteTransactionContext.__init__, ("self._trxlock", "self.connection")),
        (SqliteTransactionContext.__aexit__, ("self.token", "_finalized", "_trxlock.release()")),
        (SqliteTransactionWrapper.rollback, ("self._finalized",)),
    ):
        for name in names:
            assert name in inspect.getsource(source), f"{told}: {name}"


def test_tortoise_still_keeps_the_lock_of_sqlite_if_a_transaction_cannot_begin():
    told = "if Tortoise releases it by itself, models/sql/sqlite.py is not needed any more"
    for opened in (ConnectionWrapper.__aenter__, SqliteTransactionContext.__aenter__):
        assert "release" not in inspect.getsource(opened), told


def test_tortoise_takes_these_private_parameters():
    told = "models/sql/database.py and models/sql/select.py pass them"
    assert "_enable_global_fallback" in inspect.signature(TortoiseContext.init).parameters, told
    assert "_saved_in_db" in inspect.signature(Model.construct).parameters, told


def test_aerich_collects_statements_on_its_class():
    told = ".ci/write_migrations.py and models/upgrade.py set these"
    for name in ("upgrade_operators", "downgrade_operators", "migrate_location"):
        assert hasattr(Migrate, name) or name in Migrate.__annotations__, f"{told}: {name}"


def test_prometheus_keeps_the_folder_of_its_files():
    told = "server/telemetry/metrics.py looks for workers that are gone"
    assert "self._path" in inspect.getsource(MultiProcessCollector.__init__), told


def test_uvicorns_supervisor_keeps_its_sockets_and_ends_all_workers_by_one_method():
    told = "server/process/uvicorn_server.py closes the sockets when all workers end"
    assert "self.sockets = sockets" in inspect.getsource(Multiprocess.__init__), told
    assert "self.terminate_all()" in inspect.getsource(Multiprocess.run), told


def test_limits_reaches_redis_by_a_bridge_that_prefixes_keys():
    told = "accounts/limits/redis_counters.py restarts a window by it"
    source = inspect.getsource(RedisStorage)
    assert "self.bridge" in source, told
    assert "def prefixed_key(self, key: str)" in inspect.getsource(RedisBridge), told
    assert "def get_connection(self" in inspect.getsource(RedispyBridge), told


def test_zxcvbn_keeps_the_common_passwords_in_a_file_without_imports():
    told = "accounts/passwords.py runs this file"
    lists = Path(str(distribution("zxcvbn").locate_file("zxcvbn/frequency_lists.py")))
    tree = ast.parse(lists.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert {ast.unparse(node) for node in imports} <= {"from __future__ import annotations"}, told
    assert "passwords" in run_path(str(lists))["FREQUENCY_LISTS"], told


def test_fastapi_mail_keeps_its_smtp_session_and_the_cause_of_its_errors():
    told = "mail/smtp/smtp_transport.py sends by this session"
    source = inspect.getsource(Connection)
    assert "self.session = aiosmtplib.SMTP(" in source, told
    assert "except Exception as error:\n            raise ConnectionErrors(" in source, told


def test_uvicorns_protocol_for_http_is_as_its_subclass_expects():
    told = "server/edge/http_protocol.py overrides or uses these of uvicorn's protocol"
    source = inspect.getsource(HttpToolsProtocol)
    for call in (
        "self.flow = FlowControl(transport)",
        "self.flow.pause_reading()",
        "self.flow.resume_reading()",
        "self.parser.feed_data(data)",
        "self.parser.should_upgrade()",
        "self.pipeline.appendleft((self.cycle, app))",
        "self.pipeline.pop()",
        "self.headers.append((name, value))",
        "self.send_400_response(msg)",
        "self.handle_websocket_upgrade()",
        "on_response=self.on_response_complete",
        "self.scope = {",
        "self.app_state = app_state",
        "self.server_state.default_headers",
    ):
        assert call in source, f"{told}: {call}"
    cycle = inspect.getsource(RequestResponseCycle)
    for name in ("disconnected", "message_event", "response_started", "response_complete"):
        assert f"self.{name} = " in cycle, f"{told}: {name}"
    flow = inspect.getsource(FlowControl)
    assert "self.read_paused = " in flow, told
    assert "self.write_paused = " in flow, told


def test_uvicorns_protocol_for_websockets_is_as_its_subclass_expects():
    told = "server/edge/websocket_protocol.py overrides or uses these of uvicorn's protocol"
    source = inspect.getsource(WebSocketsSansIOProtocol)
    for call in (
        "self.conn.receive_data(data)",
        "self.handle_events()",
        "self.handle_connect(event)",
        "self.handle_cont(event)",
        "self.handle_parser_exception()",
        "self.send_receive_event_to_app()",
        "self.read_paused = ",
        "self.writable = asyncio.Event()",
        "self.frames.append(",
        "self.close_sent = ",
    ):
        assert call in source, f"{told}: {call}"
    connection = ServerProtocol()
    assert connection.events == [], f"{told}: events"
    assert connection.reader.buffer == b"", f"{told}: reader.buffer"
    assert connection.close_sent is None, f"{told}: close_sent"
    assert connection.handshake_exc is None, f"{told}: handshake_exc"
    for name in ("default_headers", "curr_msg_data_type"):
        assert f"self.{name} = " in source, f"{told}: {name}"
