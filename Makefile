# Perron: what can be made. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
SET_UP := .venv/.set-up
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
.PHONY: help setup run test check bench docs pictures lock texts clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s $$'\t'

setup: $(SET_UP) ## install everything that is needed into .venv

$(SET_UP): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer with venv is missing. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 3; fi
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r <(sed -n '/^uv==/,/[^\\]$$/p' requirements.lock)
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements.lock || $(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## set up the database and an invented caseload, do today's round, open the site and one to practise on
	@$(BIN)/perron serve --demo --training

test: setup ## run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup ## style, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@DATABASE_URL=postgresql://perron_site@127.0.0.1/perron PERRON_DJANGO_SECRET=check $(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## measure the engines, beside their peers, and write their tables
	@$(BIN)/uv pip install --quiet --require-hashes -r benchmarks/requirements.lock
	@rc=0; for b in benchmarks/*.py; do $(BIN)/python $$b --write || rc=1; done; exit $$rc

docs: setup ## write the generated reference
	@$(BIN)/python tools/reference.py

pictures: setup ## take the pictures of the documents anew, with the browser test that walks there
	@PERRON_PICTURES=1 $(BIN)/python -m pytest -q tests/journeys/test_family.py

texts: setup ## collect the texts that people read, and compile their translations
	@$(BIN)/python tools/texts.py

lock: setup ## renew requirements.lock
	@( echo "# Every library with its hashes. Made by 'make lock'."; \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --extra site --extra audit --extra dev --upgrade pyproject.toml ) > requirements.lock.new && mv requirements.lock.new requirements.lock
	@( echo "# The peers of the benchmarks, beside requirements.lock. Made by 'make lock'."; \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --extra bench --constraint requirements.lock --upgrade pyproject.toml ) > benchmarks/requirements.lock.new \
	  && mv benchmarks/requirements.lock.new benchmarks/requirements.lock

clean: ## remove .venv and what was built
	@rm -rf .venv build dist
