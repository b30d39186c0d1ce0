# Each target does its own set-up in .venv; only make and Python 3.11 or newer are needed.

PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done; true))
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help report test quick check style format types layers languages pictures clean

help:
	@echo 'make report   evaluate criteria/ and targets/, write reports/*.html'
	@echo 'make test     every test'
	@echo 'make quick    the tests that take seconds'
	@echo 'make check    style, types and layers'
	@echo 'make languages  bring the catalogues of other languages up to date'
	@echo 'make pictures  every section of the report as pictures, on screen and printed'
	@echo 'make clean    remove .venv and what the tools left'

report: $(READY)
	@$(BIN)/decide report

test: $(READY)
	@$(BIN)/pytest

quick: $(READY)
	@$(BIN)/pytest -n auto -m 'not slow and not browser'

check: style format types layers

style: $(READY)
	@$(BIN)/ruff check

format: $(READY)
	@$(BIN)/ruff format --check

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

languages: $(READY)
	@$(BIN)/python -m tests.catalogues

pictures: $(READY)
	@$(BIN)/python -m tests.pictures pictures

clean:
	rm -rf .venv pictures .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

# The stamp is newer than pyproject.toml once everything in it is installed.
$(READY): pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed, and none was found' >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv || { \
		rm -rf .venv; \
		echo 'Python could not make a virtual environment; on Debian: apt-get install python3-venv' >&2; \
		exit 1; }
	@echo 'Setting up .venv (once; about a minute) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@
