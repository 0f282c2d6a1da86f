# What a person types here. Recipes are POSIX sh; syntax is that of GNU make 3.81.
#
#   make demo    the environment, a made-up force, the chain run over it, the site served
#   make test    the suite, on what this machine has
#   make check   style, types, walls and house rules
#   make help    every target

SHELL = /bin/sh
BIN = .venv/bin
UV = $(BIN)/uv
BUILT = src/duecare/web/static_built
ASSETS = $(wildcard src/duecare/web/assets/*)

.PHONY: help env env-dev assets demo serve-dev test test-whole test-one test-any-day mutants check check-fast format bench bench-duty bench-report bench-search \
    bench-linkage engines-long spark assurance assurance-long disclosure-long lock docs clean

# Every target, with the first sentence of the comment above it.
help:
	@awk -f tools/list-targets.awk Makefile

# --- the environment -------------------------------------------------------------------------

# What the programs need, in .venv. The first time takes some ten seconds; PYTHON=python3.11 names another Python.
env: .venv/.env

# What the programs and the tests need, in .venv.
env-dev: .venv/.env-dev

.venv/.made:
	@python=$$(sh tools/find-python) && echo "Making .venv with $$($$python --version)." && \
	    "$$python" -m venv .venv && touch $@

.venv/.env: requirements.lock requirements-setup.lock pyproject.toml tools/place-packages | .venv/.made
	@echo 'Placing the packages.'
	@sh tools/place-packages requirements.lock && touch $@

.venv/.env-dev: requirements-dev.lock pyproject.toml tools/place-packages | .venv/.made
	@echo 'Placing the packages, those for tests too.'
	@sh tools/place-packages requirements-dev.lock && touch $@ .venv/.env

# Beside what the tests need; taken away by nothing that places the others.
.venv/.env-spark: requirements-spark.lock .venv/.env-dev
	@echo 'Placing PySpark.'
	@sh tools/place-packages requirements-spark.lock && touch $@

# The style and scripts of the pages. On a machine without npm they are built after .venv is made.
assets: $(BUILT)/.built

$(BUILT)/.built: package.json package-lock.json requirements-node.lock tools/build-assets $(ASSETS) | .venv/.made
	@sh tools/build-assets

# --- what a person runs ------------------------------------------------------------------------

# The environment, a made-up force, the chain run over it, the site served.
demo:
	@$(MAKE) -s --no-print-directory -j2 env assets
	@$(BIN)/duecare demo $(ARGS)

# The site for whoever changes it: code and templates are read again whenever they change. LOG_LEVEL=debug says more;
# SHOW_SQL=1 prints each SQL statement, without its values; ARGS=--port=8001 and the like go to `duecare serve`. The store
# is that of `make demo` unless DUECARE_HOME names another.
serve-dev:
	@test -n "$$DUECARE_HOME$$DUECARE_DATABASE_URL" || test -d duecare-demo || \
	    { echo 'There is no store in duecare-demo yet: run make demo once.' >&2; exit 2; }
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@DUECARE_HOME="$${DUECARE_HOME:-duecare-demo}" $(BIN)/duecare serve --reload --workers 1 \
	    --log-level "$(or $(LOG_LEVEL),info)" $(if $(SHOW_SQL),--show-sql) $(ARGS)

# The suite, on what this machine has: every test but those marked long. A quarter of an hour on two cores.
test:
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@sh tools/run-tests $(ARGS)

# Every test, those marked long too, with more examples: before a release and before a large change is done. Three quarters
# of an hour on two cores.
test-whole:
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@DUECARE_TEST_PROFILE=whole sh tools/run-tests $(ARGS)

# The tests, or folders named by ARGS, on other days and in random order: tools/test-any-day says which. Needs libfaketime.
test-any-day:
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@sh tools/test-any-day $(ARGS)

# One file, folder or test, such as T=tests/rooms/duty or T="tests/house -k walls"; ENGINE=postgres tries it on PostgreSQL.
test-one: env-dev
	@test -n "$(T)" || { echo 'Name the test: make test-one T=tests/rooms/duty' >&2; exit 2; }
	@export DUECARE_TEST_PROFILE=$${DUECARE_TEST_PROFILE:-whole}; \
	    $(if $(filter postgres,$(ENGINE)),DUECARE_TEST_ENGINE=postgres $(BIN)/python -m tests.services.postgres --) \
	    $(BIN)/python -m pytest -q $(T) $(ARGS)

# Small faults put into the code one at a time: which of them does no test find? ARGS="duty/pauses person/guard" names rooms
# or files; the whole takes hours. docs/how-to/try-mutants.md says more.
mutants: env-dev
	@$(BIN)/python tools/try_mutants.py $(ARGS)

# Style, types, walls and house rules.
check: env-dev
	@sh tools/run-checks

# Style and types only, for every few minutes.
check-fast: env-dev
	@sh tools/run-checks fast

# Put every file into the form that `make check` asks for.
format: env-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Speed and quality, beside a peer where one can run; a table, never a test.
bench: env-dev
	@$(BIN)/python -m bench $(ARGS)

# Every duty of a force at once, at two sizes. DUECARE_BENCH_SIZES="20000 100000" names others; DUECARE_PM4PY a Python
# that has PM4Py.
bench-duty: env-dev
	@$(BIN)/python -m bench duty

# A quarter's report of a made-up force of a whole force's size: an hour to make the store, minutes for the report.
# DUECARE_BENCH_REPORT_HOME names a folder whose store is kept and used again; DUECARE_BENCH_REPORT_SCALE=small another force.
bench-report: env-dev
	@$(BIN)/python -m bench report

# Search on a made-up force, some of whose records are left out and asked for; what its second chance could be, pg_trgm
# and tantivy beside it. DUECARE_BENCH_SEARCH_TIMES names another size; DUECARE_TANTIVY a Python that has tantivy.
bench-search: env-dev
	@$(BIN)/python -m bench search

# Linkage on public labelled sets and the made-up force at size, beside Splink alone, other settings of Splink and
# recordlinkage, each in a process of its own. SCALE=small, 200k, 1m or 5m takes the made-up force of that many records
# alone; DUECARE_BENCH_DATA names the folder of the public sets, DUECARE_RECORDLINKAGE a Python that has recordlinkage.
bench-linkage: env-dev
	@SCALE=$(SCALE) $(BIN)/python bench/linkage.py $(ARGS)

# The judge and the engine on 24,000 made-up scenes, declarations made up with them, and on every worked example at
# every moment that it names; tens of minutes. DUECARE_TEST_SCENES names another number.
engines-long: env-dev
	@DUECARE_TEST_PROFILE=long $(BIN)/python -m pytest -q -m 'not scale' tests/laws/test_engines_long.py \
	    tests/laws/test_engines_on_examples.py $(ARGS)

# The same findings on Spark, worked examples and made-up scenes alike; minutes. Needs Java 17, and places PySpark.
spark:
	@command -v java >/dev/null || { echo 'LEFT OUT: Spark needs Java 17, which is not installed here.' >&2; exit 1; }
	@$(MAKE) -s --no-print-directory -j2 .venv/.env-spark assets
	@DUECARE_TEST_SPARK=required $(BIN)/python -m pytest -q -n 0 -m spark tests $(ARGS)

# Each promise tried by attack, and one page of what came of it; the long run repeats the attacks many times.
assurance:
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@sh tools/run-assurance

# As `make assurance`, with each attack repeated many times; the long run.
assurance-long:
	@$(MAKE) -s --no-print-directory -j2 env-dev assets
	@sh tools/run-assurance long

# The attacker of disclosure control on a thousand made-up releases, and on forces that publish for eight quarters; most of
# an hour.
disclosure-long: env-dev
	@$(BIN)/python -m pytest -q -m disclosure tests/disclosure $(ARGS)

# --- what a maintainer runs ----------------------------------------------------------------------

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header $(ARGS)

# All locks again from pyproject.toml: for every platform, with hashes, with no address of a package index.
# `make lock ARGS=--upgrade` takes the newest versions that pyproject.toml allows.
lock: env
	@$(COMPILE) pyproject.toml -o requirements.lock >/dev/null
	@$(COMPILE) --group setup -o requirements-setup.lock >/dev/null
	@$(COMPILE) --group node -o requirements-node.lock >/dev/null
	@$(COMPILE) pyproject.toml --group setup --group test -c requirements.lock -c requirements-setup.lock \
	    -o requirements-dev.lock >/dev/null
	@$(COMPILE) pyproject.toml --extra spark -c requirements.lock -c requirements-setup.lock -c requirements-dev.lock \
	    -o requirements-spark.lock >/dev/null
	@npm install --ignore-scripts --package-lock-only --no-audit --no-fund >/dev/null
	@$(BIN)/python tools/strip_npm_lock.py

# Reference pages that are printed from the code.
docs: env-dev
	@$(BIN)/python tools/print_refusals.py > docs/reference/refusals.md
	@$(BIN)/python tools/print_access.py > docs/reference/access.md
	@$(BIN)/python tools/print_files.py > docs/reference/files.md
	@$(BIN)/python tools/print_commands.py > docs/reference/command-line.md
	@$(BIN)/python tools/print_figures.py > docs/reference/figures.md
	@$(BIN)/python tools/print_recommendations.py > docs/reference/recommendations.md
	@$(BIN)/python tools/print_rulebook.py
	@$(BIN)/python tools/print_data_dictionary.py > docs/reference/data-dictionary.md
	@$(BIN)/python tools/print_event_kinds.py > docs/reference/event-kinds.md

# Take away what is built and what is cached; .venv stays.
clean:
	rm -rf .cache .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist \
	    node_modules $(BUILT)
