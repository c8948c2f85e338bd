# Two commands: make demo shows the thing, make test checks it. Each makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: demo test check generate clean

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

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

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
