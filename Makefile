# What a person types here. Recipes are POSIX sh; syntax is that of GNU make 3.81.
#
#   make demo    the environment, a made-up force, the chain run over it, the site served
#   make test    the whole suite, on what this machine has
#   make check   style, types, walls and house rules

SHELL = /bin/sh
BIN = .venv/bin
UV = $(BIN)/uv
BUILT = src/duecare/web/static_built
ASSETS = $(wildcard src/duecare/web/assets/*)

.PHONY: help env env-dev assets demo test check bench assurance assurance-long lock format docs clean

help:
	@sed -n 's/^#   //p' Makefile

# --- the environment -------------------------------------------------------------------------

env: .venv/.env
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

# The style and scripts of the pages. On a machine without npm they are built after .venv is made.
assets: $(BUILT)/.built

$(BUILT)/.built: package.json package-lock.json requirements-node.lock tools/build-assets $(ASSETS) | .venv/.made
	@sh tools/build-assets

# --- what a person runs ------------------------------------------------------------------------

# Assets build while packages are placed.
demo:
	@$(MAKE) --no-print-directory -j2 env assets
	@$(BIN)/duecare demo $(ARGS)

test:
	@$(MAKE) --no-print-directory -j2 env-dev assets
	@sh tools/run-tests $(ARGS)

check: env-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-timings --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/house -k 'not services'

format: env-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

