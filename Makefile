# `make` alone lists what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
# Argon2 is built for this machine's processor, where it has a C compiler: make install native=no.
# It is asked once; for the other one: make clean install native=no
native ?= yes
# Benchmarks use the tests' harness.
MEASURE := PYTHONPATH=.:tests $(BIN)/python -W ignore
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header
# The schema that clients were last given. A release adds its own: docs/releases/README.md.
LAST_RELEASE = $(shell ls docs/releases/schema-*.graphql | sort -V | tail -n 1)

# A part of the tests in which every statement of the product is executed.
OF_STATEMENTS := $(filter-out %/test_query_plans.py %/test_postgres_urls.py,$(wildcard tests/database/test_*.py)) \
	tests/registration/test_registration.py tests/registration/test_address_holding.py \
	$(addprefix tests/verification/test_,attempts.py by_code.py typed_codes.py by_link.py forged_links.py resend.py locked_rows.py) \
	tests/login tests/limits/test_rate_limits.py tests/mail/test_outbox.py tests/mail/test_recording_sent_mails.py

.PHONY: help install run test test-oldest test-quick fuzz check format lock explorer web docs-schema dist schema schema-diff migration messages \
	audit bench crash million enumeration documents admission imported importing soak clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: .venv/installed graph/explorer/dist/index.html ## a .venv with the locked dependencies, and GraphiQL; native=no takes Argon2's wheel

run: install ## the schema up to date, and the server on 127.0.0.1:8000
	$(BIN)/connectx db upgrade
	$(BIN)/connectx serve

test: install ## every test, some files side by side; those of the database on the oldest PostgreSQL as well
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	@$(MAKE) --no-print-directory test-oldest

test-oldest: .venv/installed ## what uses the database's statements, on the oldest PostgreSQL (apt-get install postgresql-15)
	TEST_POSTGRES=oldest $(BIN)/python -m pytest --numprocesses auto --dist loadfile $(OF_STATEMENTS)

test-quick: .venv/installed ## what needs no browser, no npm and no other process: under two minutes
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not (browser or npm or process or slow)"

fuzz: install ## send 10,000 generated operations to a server: make fuzz operations=100000
	FUZZ_OPERATIONS=$(or $(operations),10000) $(BIN)/python -m pytest -q tests/graph/test_fuzz.py

audit: .venv/installed ## look for known vulnerabilities in the locked dependencies
	$(BIN)/python .ci/audit.py

crash: install ## kill the server at random moments under load: make crash times=50
	$(MEASURE) benchmarks/crash.py $(times)

enumeration: install ## what a stopwatch tells of known and unknown addresses
	$(MEASURE) benchmarks/enumeration.py

documents: install ## what the worst documents cost that pass the limits
	$(MEASURE) benchmarks/documents.py

bench: install ## ratios against the least that is needed: make bench [only="viewer mails"] [quick=yes] [full=yes] [rounds=5] [minutes=10]
	$(MEASURE) benchmarks/bench.py --only "$(only)" $(if $(quick),--quick) $(if $(full),--full) $(if $(rounds),--rounds $(rounds)) $(if $(minutes),--minutes $(minutes)) $(if $(wheel),--wheel-path $(wheel))

admission: install ## who is served, and when, if many come at once
	PYTHONPATH=.:tests:benchmarks $(BIN)/python -W ignore -m admission.run

soak: install ## everything at once while workers, SMTP and the database are killed: make soak minutes=30
	PYTHONPATH=.:tests:benchmarks $(BIN)/python -W ignore -m soak.run --minutes $(or $(minutes),30)

million: install ## compare an empty database with one of a million people
	$(MEASURE) benchmarks/million.py

imported: install ## what a stopwatch tells of accounts with imported hashes
	$(MEASURE) benchmarks/imported.py

importing: install ## 100,000 users come in and go out, on both databases
	$(MEASURE) benchmarks/importing.py

check: .venv/installed ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed ## format and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: .venv/installed ## write schema.graphql, possible-types.json, the clients' operations and scenarios from the code
	$(BIN)/connectx schema > schema.graphql
	$(BIN)/connectx schema --possible-types > possible-types.json
	$(BIN)/python clients/write_operations.py
	$(BIN)/python clients/write_scenarios.py

schema-diff: .venv/installed ## what breaks clients of the last release's schema
	$(BIN)/connectx schema --since $(LAST_RELEASE)

migration: .venv/installed ## write the migrations for changed models: make migration name=add_language
	$(BIN)/python .ci/write_migrations.py $(name)

# The functions whose argument is a text for people, and where such texts are.
TEXTS := -k Text -k _message -k fixed_message
TRANSLATED := mail/templates server/pages/templates accounts graph
messages: .venv/installed ## bring the translations up to the texts
	$(BIN)/pybabel -q extract -F languages/babel.cfg $(TEXTS) --no-location --sort-output -o .messages.pot $(TRANSLATED)
	$(BIN)/pybabel -q update -i .messages.pot -d languages/translations -w 100 -N --ignore-obsolete --ignore-pot-creation-date
	rm .messages.pot

explorer: .venv/installed ## build GraphiQL anew
	$(BIN)/python clients/build.py graph/explorer

web: .venv/installed ## build the web app: connectx serve --web-app
	$(BIN)/python clients/build.py clients/web

# Where `make dist` puts what it builds.
to ?= dist
dist: explorer web ## build the wheel and the sdist into dist/, with GraphiQL and the web app in them
	rm -f $(to)/connectx-*
	@# The wheel is built from the sdist; with the commit's time, it is the same for everybody.
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/uv build --no-build-isolation \
		-C=--global-option=-q --python $(BIN)/python --no-create-gitignore -o $(to)

docs-schema: .venv/installed ## the schema's documentation as a page: clients/schema-docs/dist/index.html
	$(BIN)/python clients/build.py clients/schema-docs

lock: .venv/installed ## resolve the dependencies anew and write the requirements files
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --extra otel -o requirements-otel.txt
	$(LOCK) pyproject.toml --extra otel --group dev -o requirements-dev.txt
	$(LOCK) --group node -o requirements-node.txt
	$(LOCK) clients/python/pyproject.toml --group clients/python/pyproject.toml:dev -o clients/python/requirements.txt

clean: ## remove what was installed and built, not the data
	rm -rf .venv *.egg-info clients/python/.venv build dist
	rm -rf */*/node_modules tests/*/*/node_modules graph/explorer/dist clients/react/dist clients/web/dist clients/react/src/generated

.venv/installed: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import ensurepip' || { echo "Python lacks its venv module: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@# uv is faster than pip, and knows nothing of pip's configuration: where that names another
	@# index, pip does it all.
	sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ .*--hash/p}' requirements-dev.txt > .venv/uv.txt
	$(PIP) --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.txt || \
		$(PIP) --require-hashes -r requirements-dev.txt
	@# setuptools warns at length of every editable installation.
	PYTHONWARNINGS='ignore:Editable installation' $(PIP) --no-deps --no-build-isolation -e .
	@if [ "$(native)" != no ]; then $(BIN)/python .ci/native_argon2.py; fi
	touch $@

graph/explorer/dist/index.html: .venv/installed $(wildcard graph/explorer/*.json graph/explorer/*.ts graph/explorer/*.html graph/explorer/src/* clients/operations/*)
	$(BIN)/python clients/build.py --optional graph/explorer
