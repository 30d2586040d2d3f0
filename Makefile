# Everything a person or a machine does with this repository. `make run` and `make test` need nothing done before.

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .build
export PIP_DISABLE_PIP_VERSION_CHECK := 1
APT := $(shell [ "$$(id -u)" = 0 ] && echo "apt-get" || (sudo -n true 2>/dev/null && echo "sudo apt-get"))
APERTIUM := apertium apertium-eng-spa apertium-eng-cat apertium-fr-es apertium-spa-cat apertium-fra-cat apertium-es-pt apertium-por-cat apertium-spa-ita apertium-cat-ita
PORT ?= 8000
# Three processes on two cores: who waits for a server or a browser leaves room for others.
SPREAD := -q -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: help setup run test deep offline lint bench browser pictures clean requirements types

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(STAMPS)/python $(STAMPS)/client $(STAMPS)/catalogues ## Python environment, client, catalogues

$(STAMPS)/python: requirements/development.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@[ -x $(BIN)/python ] || python3 -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements/build.txt -r requirements/development.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Node from the machine (>= 20.19), else from a package of the Python registry.
$(STAMPS)/client: $(STAMPS)/python frontend/package-lock.json $(shell find frontend/src frontend/*.json frontend/*.ts frontend/*.js -type f 2>/dev/null)
	. requirements/node.sh && cd frontend && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

$(STAMPS)/catalogues: $(STAMPS)/python $(shell find platform/hemicycle/locale -name '*.po' 2>/dev/null)
	$(BIN)/hemicycle messages compile
	@touch $@

$(STAMPS)/apertium:
	@mkdir -p $(STAMPS)
	@command -v apertium >/dev/null && ls /usr/share/apertium/modes/cat-fra.mode >/dev/null 2>&1 || \
	  { [ -n "$(APT)" ] && $(APT) update -qq && DEBIAN_FRONTEND=noninteractive $(APT) install -qq -y --no-install-recommends $(APERTIUM) >/dev/null; } || \
	  { echo "Apertium is not installed and may not be installed here; the demo will translate word for word."; \
	    echo "To install it: apt-get install --no-install-recommends $(APERTIUM)"; exit 0; }
	@touch $@

$(STAMPS)/services:
	@mkdir -p $(STAMPS)
	@missing=""; command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	  command -v chromium >/dev/null || missing="$$missing chromium"; \
	  [ -z "$$missing" ] || { [ -n "$(APT)" ] && $(APT) update -qq && DEBIAN_FRONTEND=noninteractive $(APT) install -qq -y --no-install-recommends $$missing >/dev/null; } || \
	  { echo "Missing:$$missing. Install: apt-get install$$missing"; exit 1; }
	@touch $@

run: setup $(STAMPS)/apertium ## The product with a moving five-language demo assembly, in the browser
	$(BIN)/hemicycle demo --port $(PORT)

test: setup $(STAMPS)/apertium $(STAMPS)/services ## The whole suite, at most 10 minutes
	cd frontend && . ../requirements/node.sh && { npm run --silent check & npm run --silent test && wait $$!; }
	$(BIN)/python -m pytest $(SPREAD)
	$(BIN)/python -m tests.servers $(BIN)/python -m pytest $(SPREAD) tests/shell/live/test_log.py tests/shell/live/test_consumer.py \
	  tests/shell/live/test_presence.py tests/shell/rooms tests/shell/plenary tests/shell/translation/test_dispatcher.py \
	  --ignore=tests/shell/rooms/test_killed.py

deep: setup $(STAMPS)/apertium $(STAMPS)/services ## What takes longer than the suite allows, and other examples
	$(BIN)/python -m pytest -q -m deep --hypothesis-profile=chance tests
	$(BIN)/python -m pytest -q --hypothesis-profile=chance tests/core

offline: setup $(STAMPS)/apertium ## The tests of translation where no network leads anywhere
	unshare --map-root-user --net sh -c 'ip link set lo up && exec $(BIN)/python -m pytest -q -n 2 tests/core/translation tests/shell/translation'

browser: setup $(STAMPS)/services ## The journeys in a real browser alone
	$(BIN)/python -m pytest -q -m browser tests/browser

lint: setup ## Ruff, mypy strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup $(STAMPS)/apertium $(STAMPS)/services ## All benches, quick; fails where a figure is past its gate
	@past=""; for bench in $$(grep -l '^def main' tests/bench/*.py | xargs -n1 basename | sed 's/.py$$//'); do \
	  $(BIN)/python -m tests.bench.$$bench --quick || past="$$past $$bench"; done; \
	  [ -z "$$past" ] || { echo "Past a gate, or not run:$$past"; exit 1; }

pictures: setup $(STAMPS)/services ## The README's pictures, taken from the running product
	$(BIN)/python -m tests.browser.pictures

requirements: ## Pin and hash the requirements anew
	bash requirements/compile.sh

clean: ## Remove what make made
	rm -rf $(VENV) $(STAMPS) frontend/node_modules platform/hemicycle/static/app platform/hemicycle/static/catalogues var
