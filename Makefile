# A machine with Python >= 3.11 (with venv), git and make needs nothing else. PYTHON=python3.13 picks another Python.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test coverage generate bench bench-gate tools clean

## Lint the flawed example.
demo: .venv/installed
	@$(BIN)/pmlint check examples/flawed-postmortem.md; \
	status=$$?; \
	if [ $$status -eq 1 ]; then echo; echo "pmlint found something, so it ended with exit code 1, as it would in a hook."; else exit $$status; fi

## Run all tests and checks.
test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest --numprocesses auto --dist loadfile

## Tell which branches no test takes. It takes three times as long as the tests alone: each process of pmlint is measured.
coverage: .venv/dev
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report=term

## Write what is generated from the rule pages: schemas, tables.
generate: .venv/installed
	$(BIN)/python tools/generate.py

## Measure everything next to other programs, which takes some 55 minutes, and write docs/performance.md.
bench: .venv/bench
	$(BIN)/python -m benchmarks

## Hold one small file against what CI allows: instructions counted, and the ratio to the imports alone.
bench-gate: .venv/installed
	$(BIN)/python -m benchmarks.budget
	$(BIN)/python -m benchmarks --gate

## Install the npm programs that tests hold reports against; without them those tests are skipped.
tools: .venv/installed
	npm install --silent --no-save --prefix .venv/tools @microsoft/sarif-multitool-linux@5.7.0 @umbrelladocs/rdformat-validator@1.0.1

clean:
	rm -rf .venv build dist htmlcov .coverage*

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/installed pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

.venv/bench: .venv/installed pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@
