# Every target does its own set-up; `make help` lists them.
SHELL := /bin/sh
VENV := $(or $(UV_PROJECT_ENVIRONMENT),.venv)
BIN := $(VENV)/bin
PYTEST_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench pictures coverage wheel clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-17s %s\n", $$1, $$2 }'

demo: ## run the invented months through the service, then serve its pages (MAILBOX=imap, exchange or graph: on a test server)
ifeq ($(filter-out maildir,$(MAILBOX)),)
	@.ci/set-up demo
	@$(BIN)/secretariat demo
else
	@.ci/set-up test
	@$(BIN)/python -m tests.demo --mailbox $(MAILBOX)
endif

test: lint ## every check and every test, browser and PostgreSQL tests too
	@TMPDIR=$$(.ci/quick-folder) $(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -p tests.no_skips -p tests.order $(PYTEST_OPTIONS)

lint: ## style, format, types, floors and dead code
	@.ci/set-up test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/vulture

format: ## put the code into the house format
	@.ci/set-up test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: ## figures: letters, reading, intake, matching, counting, register, rounds, start-up
	@.ci/set-up test
	@$(BIN)/python -m tests.benchmarks

pictures: ## draw the pages of every golden letter into build/pictures, to be looked at
	@.ci/set-up test
	@$(BIN)/python -m tests.letter_pictures build/pictures

coverage: ## branch coverage of the tests
	@.ci/set-up test
	@$(BIN)/python -m coverage run -m pytest -q
	@$(BIN)/python -m coverage report --skip-covered

wheel: ## build the wheel into dist/
	@.ci/set-up test
	@$(BIN)/uv build --wheel --quiet
	@ls dist

clean: ## remove what was built, the virtual environment too
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
