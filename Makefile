# Everything runs in .venv, which `setup` makes from requirements.lock; nothing needs to be installed beforehand but
# make and a Python of 3.11 or newer. Another interpreter: make setup PYTHON=python3.13
PYTHON ?= python3
CONFIG ?= configs/shell_exports_2023.yaml
N ?= 10000
FIRST ?= 1
KILLS ?= 200

BIN := .venv/bin
STAMP := .venv/.ready
# the lock is complete, so pip need not look for dependencies; most modules are never imported, so Python compiles those
# that are, when they are, and `setup` imports those of every command; -qq: errors only
PIP_FLAGS := -qq --disable-pip-version-check --no-deps --no-compile

COVER = $(BIN)/python -m pytest -n 2 -q --cov=simulator --cov-branch --cov-report=

.DEFAULT_GOAL := help
.PHONY: help setup run test published parity fuzz questions faults mutants truth reference backtests million browser executors check format lock clean
.SILENT:

help: ## list these commands
	awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv, install the locked packages into it, compile the engine
	$(BIN)/python -m compileall -q simulator
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'import simulator.cli.app, simulator.config.loading, simulator.results.query; \
		from simulator.runner.warming import warm_up; warm_up("compiled")'

run: $(STAMP) ## run the experiment of record to its precision and print its answer
	$(BIN)/simulator run $(CONFIG)

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n 2 -q

parity: $(STAMP) ## compare both engines, byte for byte, on N generated systems; compiled anew and with a fault, too
	$(BIN)/python -m tests.engines.parity $(N) --first $(FIRST) --cold --log docs/parity.md

fuzz: $(STAMP) ## check N configs changed at random, from number FIRST
	$(BIN)/python -m tests.fuzz.run $(N) --first $(FIRST) --log docs/fuzz.md

faults: $(STAMP) ## kill runs KILLS times, each to end as one undisturbed
	$(BIN)/python -m tests.faults.run $(KILLS) --log docs/faults.md

mutants: $(STAMP) ## plant faults in the kernels and write what catches them
	$(BIN)/python -m tests.engines.mutants

truth: $(STAMP) ## set both engines against closed forms and write how near they come
	$(BIN)/python -m tests.truth.table

million: $(STAMP) ## write and answer a million made-up rows; some minutes and 1.6 GB of disk
	mkdir -p results && $(BIN)/python -m tests.scale.million

browser: $(STAMP) ## write the report of 80,000 made-up rows and measure it in Chromium
	mkdir -p results && $(BIN)/python -m tests.browser.measure

questions: $(STAMP) ## ask all questions that simulate no levels of 80,000 made-up rows
	mkdir -p results
	$(BIN)/python -m tests.scale.questions

executors: N = 512
executors: $(STAMP) ## run the experiment by every executor, N replications, and compare times and contents
	$(BIN)/python -m tests.runner.executors.table $(CONFIG) $(N)

reference: $(STAMP) ## write docs/reference from the models, the commands, the responses, the public names
	$(BIN)/python -m tests.reference.pages

published: $(STAMP) ## make the small run again that results/published/ shows, with its report
	rm -rf results/published
	$(BIN)/simulator run $(CONFIG) --replications 160 --executor serial --results results/published
	$(BIN)/simulator answer $(CONFIG) --results results/published \
		--question claim --question threshold --question bottleneck >/dev/null
	for each in configs/backtests/*.yaml; do \
		$(BIN)/simulator run $$each --replications 256 --results results/published >/dev/null || exit 1; \
	done
	$(BIN)/simulator report $(CONFIG) --results results/published
	rm -rf results/published/*/*/studies/[bt]* results/published/*/*/.lock
	for each in configs/backtests/*.yaml; do rm -rf results/published/$$(basename $$each .yaml); done

backtests: $(STAMP) ## run the back-tests and write how well they foretold what happened
	$(BIN)/python -m tests.backtests.table

coverage: $(STAMP) ## measure what the tests reach of engines, streams, path, responses, model
	rm -f .coverage .coverage.*
	COVERAGE_FILE=.coverage.compiled $(COVER) tests/test_path.py tests/model tests/streams tests/engines/test_lines.py \
		tests/engines/test_power.py tests/engines/test_transport.py
	NUMBA_DISABLE_JIT=1 COVERAGE_FILE=.coverage.interpreted $(COVER) tests/responses tests/engines/test_golden.py \
		tests/engines/test_lines.py tests/engines/test_power.py tests/engines/test_transport.py \
		tests/engines/test_calendar.py tests/engines/test_full_rule.py
	$(BIN)/coverage combine -q .coverage.compiled .coverage.interpreted
	$(BIN)/coverage json -q -o .coverage.json
	$(BIN)/python -m tests.covered .coverage.json

check: $(STAMP) ## check style, types, layers, dependencies and spelling
	echo "style" && $(BIN)/ruff check --quiet --output-format concise .
	$(BIN)/ruff format --quiet --check --output-format concise .
	echo "types" && $(BIN)/mypy --no-error-summary
	echo "layers" && $(BIN)/lint-imports --no-logo
	echo "dependencies" && $(BIN)/deptry . --no-ansi
	echo "spelling" && $(BIN)/codespell
	echo "check: all passed"

format: $(STAMP) ## rewrite the code in the project's style
	$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .

lock: $(STAMP) ## pin what pyproject.toml asks for, keeping the versions pinned already
	$(BIN)/uv pip compile --no-config --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--all-extras pyproject.toml --output-file requirements.lock

clean: ## remove .venv, caches and build artefacts, but no results
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		.coverage .coverage.* htmlcov
	find simulator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# the stamp is renewed when the lock or the package's description changes
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one: make setup PYTHON=python3.11" >&2; exit 1; }
	test -x $(BIN)/python || { echo "making .venv" && $(PYTHON) -m venv .venv; }
	echo "installing the locked packages (a minute or two, once)"
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-build-isolation --editable .
	touch $(STAMP)
