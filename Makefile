# Two commands: make demo shows it, make test checks it. Then: make lab opens the course, make docs builds the guide.
# Each makes the environment .venv when it is first needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: demo test check lab notebooks docs generate accuracy precision bench page peers findings clean

demo: $(VENV)/.demo
	$(BIN)/glassgrad demo

test: check
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The course, opened at its first lesson. Trusted, or the pages in it would stay hidden until their cells are run.
# For root, as in a container, Jupyter needs the option to start.
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)
LESSONS = $(sort $(wildcard notebooks/[0-9][0-9]_*.ipynb))
lab: $(VENV)/.lessons
	$(BIN)/python -m jupyter trust $(LESSONS)
	$(BIN)/python -m jupyter lab --LabApp.news_url=None $(AS_ROOT) $(firstword $(LESSONS))

# After a change of a lesson or of what it shows: run all lessons, and write what they show into them.
notebooks: $(VENV)/.lessons
	$(BIN)/python notebooks/execute.py

# The guide and the API reference as web pages, in build/docs.
docs: $(VENV)/.docs
	$(BIN)/python -m mkdocs build

# After a change of the table of derivatives: write the fast methods again.
generate: $(VENV)/.all
	$(BIN)/python -m autograd.symbolic.generate

# Train networks on five data sets with five seeds each, and measure on rows held out.
accuracy: $(VENV)/.all
	$(BIN)/python benchmarks/accuracy.py

# How many units in the last place each row of the table is off: docs/precision.md. About two minutes.
precision: $(VENV)/.all
	$(BIN)/python benchmarks/precision.py

# Compare with other libraries, in a separate environment: benchmarks/RESULTS.md. Takes about half an hour.
PEERS := $(VENV)-bench
bench: | $(VENV)/.python
	$(PYTHON) -m venv $(PEERS)
	$(subst $(VENV)/,$(PEERS)/,$(BIN))/python benchmarks/install.py
	$(subst $(VENV)/,$(PEERS)/,$(BIN))/python benchmarks/run.py

# Tensors of PyTorch and JAX at every entrance, in a separate environment.
TENSORS := $(VENV)-peers
peers: | $(VENV)/.python
	$(PYTHON) -m venv $(TENSORS)
	$(subst $(VENV)/,$(TENSORS)/,$(BIN))/python -m pip install --quiet --editable ".[fast]" pytest hypothesis torch jax
	$(subst $(VENV)/,$(TENSORS)/,$(BIN))/python -m pytest tests/peers

# The page of a network of a thousand values: its size, and how fast it opens and steps in the browser on PATH.
page: $(VENV)/.all
	$(BIN)/python benchmarks/page.py

# Surprises of other libraries: which of them are still there. Needs a network; takes a quarter of an hour.
findings:
	@changed=; for script in findings/*.sh; do \
		echo "== $$script"; PYTHON="$(PYTHON)" bash "$$script" || changed="$$changed $$script"; \
	done; test -z "$$changed" || { echo "changed, or not run:$$changed"; exit 1; }

clean:
	rm -rf $(VENV) $(PEERS) $(TENSORS) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "glassgrad needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# What each command needs: "demo" for all that README shows, "lessons" for the course, "all" for the tests.
$(VENV)/.%: pyproject.toml | $(VENV)/.python
	@echo "installing what this needs into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	@touch $@
