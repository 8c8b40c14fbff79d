# Second Wind: everything a developer types. `make` alone lists it.

VENV    := .venv
BIN     := $(VENV)/bin
MANAGE  := $(BIN)/python manage.py
PIP     := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
PORT    ?= 8000
WORKERS ?= auto
ARGS    ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-fast lint format bench lock clean

help: ## List these targets
	@echo "Second Wind. The usual start is: make run"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ---------- the environment ----------

# Any Python from 3.11 on will do; each candidate is started, because a name on the PATH may be an empty shim.
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Creating $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "Second Wind needs Python 3.11 or newer with its venv module, and found none." >&2; \
	echo "On Debian or Ubuntu: apt install python3 python3-venv. Elsewhere: make PYTHON=/path/to/python3" >&2; \
	exit 1

# The stamps stand for "installed as these files say"; they go stale when `make lock` changes a file.
$(VENV)/.run-installed: requirements/run.txt | $(BIN)/python
	@echo "Installing what the site needs"
	@$(PIP) -r requirements/run.txt
	@touch $@

$(VENV)/.test-installed: requirements/extras.txt requirements/test.txt $(VENV)/.run-installed
	@echo "Installing what the tests need"
	@$(PIP) -r requirements/run.txt -r requirements/extras.txt -r requirements/test.txt
	@touch $@

$(VENV)/.lock-installed: requirements/lock.txt | $(BIN)/python
	@$(PIP) -r requirements/lock.txt
	@touch $@

# ---------- the site ----------

# DEBUG=1 makes this a development site: a key of its own in var/, the demo's sign-ins, no HTTPS.
setup run: export DEBUG = 1
run: export SITE_URL ?= http://127.0.0.1:$(PORT)

setup: $(VENV)/.run-installed ## Install, create the database in var/ and fill it with the demo
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) demo

run: setup ## Serve the demo site (PORT=8000); what you write is kept between runs
	@echo
	@echo "  The blog          http://127.0.0.1:$(PORT)/"
	@echo "  Moderation desk   http://127.0.0.1:$(PORT)/desk/"
	@echo "  Writing           http://127.0.0.1:$(PORT)/admin/"
	@echo "  Mails it sends    http://127.0.0.1:$(PORT)/dev/mail/"
	@echo
	@$(MANAGE) db_worker --verbosity 0 & worker=$$!; \
	  $(MANAGE) runserver 127.0.0.1:$(PORT) & server=$$!; \
	  trap 'kill $$server $$worker 2>/dev/null; wait' EXIT; \
	  trap 'exit 0' INT TERM HUP; \
	  wait $$server

# ---------- checks ----------

test: $(VENV)/.test-installed ## Run all tests (DATABASE_URL=… for PostgreSQL, ARGS=… for pytest)
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) $(ARGS)

test-fast: $(VENV)/.test-installed ## Run the tests that need no browser
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) -m "not browser" $(ARGS)

# Nothing is read from or written to the site's own database.
lint: export DEBUG = 1
lint: export SECRET_KEY = lint-reads-settings-and-signs-nothing
lint: export DATABASE_URL = sqlite://:memory:
lint: $(VENV)/.test-installed ## Check style, templates, migrations and settings
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m djlint --lint --quiet templates
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check

format: $(VENV)/.test-installed ## Lay out the Python code and mend what ruff can
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

bench: $(VENV)/.run-installed ## Measure the site (ARGS=… for the benchmark)
	@$(BIN)/python -m bench $(ARGS)

# ---------- upkeep ----------

# Hashes only: no address of a registry and no path of this machine gets into the files.
COMPILE := $(BIN)/python -m uv --no-config pip compile --quiet --universal --python-version 3.11 \
           --generate-hashes --no-strip-extras --no-header --no-emit-index-url --no-emit-find-links

lock: $(VENV)/.lock-installed ## Compile requirements/*.in (ARGS=--upgrade for newer versions)
	@for name in run extras test lock; do \
	  echo "requirements/$$name.txt"; \
	  $(COMPILE) $(ARGS) --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done

clean: ## Remove the environment and caches; the site's data in var/ stays
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov test-results var/static
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
