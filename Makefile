# Two commands do everything on a bare Debian 12 with Python 3.11+, git and make:
#
#   make demo    set up, audit the example school, end with a report to open
#   make test    set up, run every test
#
# Both work as root or with sudo; without either they say what is missing and do what can be done.

VENV   := .venv
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN    := $(VENV)/bin
OUT    ?= build/demo
DATA   ?= build/bench/data

.DEFAULT_GOAL := help
.PHONY: help demo test test-wide coverage fast accuracy bench bench-full bench-reports docs clean pango browser servers

help:            ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(BIN)/compliance pango   ## Audit the example school and write its report
	@$(BIN)/compliance demo --out $(OUT)

test: $(VENV)/.tests pango browser servers   ## Run every check and test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -n auto -m "not wide"

test-wide: $(VENV)/.tests pango browser   ## Run the tests that go over every kind of document in every view
	@$(BIN)/pytest -n auto -m wide

coverage: $(VENV)/.tests pango browser servers   ## Run every test and say which lines and branches none of them reaches
	@$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered

fast: $(VENV)/.tests   ## Run the tests that need no browser, no Java and no wheel
	@$(BIN)/pytest -n auto -m "not slow and not wide"

accuracy: $(VENV)/.tests   ## Say how often rules and detectors are right on invented schools (a minute)
	@$(BIN)/python -m benchmarks.accuracy

bench: $(BIN)/compliance   ## Measure start-up and inventory beside bare decoding and named peers (a quarter of an hour)
	@$(BIN)/python -m benchmarks.startup
	@$(BIN)/python -m benchmarks.inventory
	@$(BIN)/python -m benchmarks.detectors
	@$(BIN)/python -m benchmarks.tables
	@$(BIN)/python -m benchmarks.spark 100000

bench-full: $(BIN)/compliance   ## Measure up to 5 million pupils (hours, 20 GB in DATA)
	@$(BIN)/python -m benchmarks.inventory --sizes 100000,1000000,5000000 --seconds 900 --data $(DATA)

bench-reports: $(BIN)/compliance pango   ## Measure documents a second and their memory beside plain WeasyPrint
	@$(BIN)/python -m benchmarks.reports

docs: $(BIN)/compliance   ## Write the generated pages again
	@$(BIN)/python -m compliance.cli.docs docs

clean:           ## Remove everything that make made
	@rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(BIN)/compliance: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed: apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tests: $(BIN)/compliance
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/pip install --quiet --disable-pip-version-check --group test
	@touch $@

# WeasyPrint draws text with Pango, which no Python package brings along.
pango: $(BIN)/compliance
	@$(BIN)/python -W ignore -c 'import weasyprint' >/dev/null 2>&1 || \
		$(call install,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,PDF reports)

# Chromium runs axe-core over the HTML report; libatomic1 is what Playwright's driver lacks on a minimal Debian.
browser: $(VENV)/.tests
	@command -v chromium >/dev/null || $(call install,chromium libatomic1,accessibility tests)

# A Java machine runs Spark; the two servers hold the tables that are compared with every other format.
servers: $(VENV)/.tests
	@{ command -v java && command -v mariadbd && ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || \
		$(call install,default-jre-headless postgresql mariadb-server,tests of databases and of Spark)

define install
{ \
	root=; [ "$$(id -u)" = 0 ] || root="sudo -n"; \
	command -v apt-get >/dev/null && { \
		echo "Installing $(1) for the $(2) …"; \
		$$root apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends $(1) >/dev/null 2>&1; \
	} || echo "For the $(2), install: $(1) (on Debian: apt install $(1))"; \
}
endef
