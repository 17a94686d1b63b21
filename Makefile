# Set-up, demo, tests and quality gates. Needs Python >= 3.11 with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WHEEL_VENV := .venv-wheel

.PHONY: setup demo test check lint types wheel-test model clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . --group dev
	touch $(STAMP)

demo: setup
	$(BIN)/rodedraad demo demo-study

# Over the cores there are; a worker that is done takes over from the end of another's row, so that what a
# module or folder shares is seldom made twice.
test: setup
	$(BIN)/pytest -n auto --dist worksteal

check: lint types wheel-test

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

# A flat layout shadows the installed package, so the wheel is tested from a venv of its own with plain
# `pytest`, which does not put the checkout on sys.path. The browser's tests run once, in `make test`.
wheel-test: setup
	rm -rf dist $(WHEEL_VENV)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist . > /dev/null
	$(PYTHON) -m venv $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(WHEEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt dist/*.whl --group dev
	$(WHEEL_VENV)/bin/pytest -n auto --dist worksteal -m "not browser" --cov --cov-report=term

# Learn the classifier anew from coded passages that lie beside the project; only the weights ship.
model: setup
	mkdir -p build
	$(BIN)/rodedraad passages ../shared/corpus > build/passages.jsonl || test -s build/passages.jsonl
	$(BIN)/python tools/corpus_examples.py build/passages.jsonl build/corpus.jsonl
	$(BIN)/python -m coding.training ../shared/gold --supplement build/corpus.jsonl --out coding/models

clean:
	rm -rf $(VENV) $(WHEEL_VENV) dist demo-study
