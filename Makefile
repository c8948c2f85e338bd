# Two commands: make demo shows the thing, make test checks it. Each makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: demo test check generate bench page clean

demo: $(VENV)/.learn
	$(BIN)/glassgrad demo

test: check
	$(BIN)/python -m pytest

check: $(VENV)/.all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# After a change of the table of derivatives: write the fast methods again.
generate: $(VENV)/.all
	$(BIN)/python -m autograd.generate

# Side by side with others, in an environment of their own: benchmarks/RESULTS.md. Takes about half an hour.
PEERS := $(VENV)-bench
bench: | $(VENV)/.python
	$(PYTHON) -m venv $(PEERS)
	$(subst $(VENV)/,$(PEERS)/,$(BIN))/python benchmarks/install.py
	$(subst $(VENV)/,$(PEERS)/,$(BIN))/python benchmarks/run.py

# How large the page of a network of a thousand values is, how fast it opens and steps, in the browser on PATH.
page: $(VENV)/.all
	$(BIN)/python benchmarks/page.py

clean:
	rm -rf $(VENV) $(PEERS) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "glassgrad needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# What each command needs, and no more: "learn" for the demo, "all" for the tests.
$(VENV)/.%: pyproject.toml | $(VENV)/.python
	@echo "installing what this needs into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	@touch $@
