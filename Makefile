# The two commands: `make run` and `make test`. Everything they need is installed into .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run test browser office lint format bench catalogues screenshots lock clean

help: ## Show the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Chapeau needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V). Set PYTHON=/path/to/python3.11." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/run.stamp ## Install, migrate, load the sample negotiation, serve
	$(BIN)/chapeau demo --port $(PORT)

test: $(VENV)/dev.stamp browser office lint ## Install what tests need and run everything
	$(BIN)/python -m pytest -n auto --dist loadgroup --ignore tests/browser
	$(BIN)/python -m pytest -n auto tests/browser # apart: Playwright has an event loop of its own

browser: ## Find Chromium, or install it: the tests of the pages need one
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$name >/dev/null && exit 0; done; \
	  as_root=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	  { command -v apt-get >/dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	  || { echo "The tests of the pages need Chromium, and it could not be installed with apt-get. Install it so that 'chromium' is on the PATH." >&2; exit 1; }

office: ## Find LibreOffice, pdftoppm and fonts, or install them: the tests of the documents need them
	@command -v soffice >/dev/null && command -v pdftoppm >/dev/null && exit 0; \
	  as_root=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	  { command -v apt-get >/dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-core fonts-noto-cjk >/dev/null; } \
	  || { echo "The tests of the documents need LibreOffice (Writer and Calc) and poppler, and they could not be installed with apt-get. Install them so that 'soffice' and 'pdftoppm' are on the PATH." >&2; exit 1; }

lint: $(VENV)/dev.stamp ## Format, style, types and the floors of the house
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## Print speeds as ratios measured in one run
	$(BIN)/python -m tests.bench

catalogues: $(VENV)/dev.stamp ## Bring the catalogues of the pages up to date with their messages
	$(BIN)/python -m tests.web.catalogues

screenshots: $(VENV)/dev.stamp browser ## Take a picture of every page at two widths, in var/screenshots
	$(BIN)/python -m tests.browser.screenshots var/screenshots

lock: $(VENV)/dev.stamp ## Renew the lock files from pyproject.toml
	$(PYTHON) -m venv $(VENV)/uv && $(VENV)/uv/bin/pip install --quiet uv
	$(VENV)/uv/bin/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements.lock
	$(VENV)/uv/bin/uv pip compile pyproject.toml --group dev -c requirements.lock --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements-dev.lock

clean: ## Remove what was built
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
