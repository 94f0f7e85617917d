# make chat   from a fresh clone to a cited answer in the browser
# make test   the whole suite; make check: style and types
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION = 0.13.9
LLAMACPP = "llama-cpp-python[server]==0.3.36" gguf==0.19.0
BIN = .venv/bin
DEMO = .footnote/demo
PORT ?= 7777

# A folder of wheels offered to pip is offered to uv too: there a CPU build of torch is found.
# (pip separates several by spaces, uv by commas)
comma := ,
empty :=
export UV_FIND_LINKS ?= $(subst $(empty) $(empty),$(comma),$(strip $(PIP_FIND_LINKS)))
# TORCH=cpu takes a CPU build from PyTorch's own index instead (uv's torch backend).
TORCH_BACKEND = $(if $(TORCH),--torch-backend $(TORCH))

.PHONY: chat test test-full test-llamacpp check format articles results wheel widget screenshots clean

chat: .venv/installed
	@$(BIN)/footnote ingest --data-dir $(DEMO)
	@$(BIN)/footnote serve --data-dir $(DEMO) --port $(PORT)

.venv/installed: requirements.txt pyproject.toml Makefile
	@echo "installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python $(TORCH_BACKEND) -r requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@touch $@

test: .venv/installed-dev
	@tests/ensure-tools
	$(BIN)/pytest -m "not full"

test-full: .venv/installed-dev
	@tests/ensure-tools
	$(BIN)/pytest

# a real inference engine behind the OpenAI-compatible path, in an environment of its own; compiling it takes ten minutes
test-llamacpp: .venv/installed-dev .venv/llamacpp/installed
	LLAMACPP_PYTHON=.venv/llamacpp/bin/python $(BIN)/pytest -m llamacpp

.venv/llamacpp/installed: Makefile
	@$(PYTHON) -m venv .venv/llamacpp
	@.venv/llamacpp/bin/pip install --quiet --disable-pip-version-check $(LLAMACPP)
	@touch $@

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

articles: .venv/installed-dev
	$(BIN)/pytest tests/test_articles.py

# Runs the bundled suites, makes the run the accepted baseline, writes the README's table from it. Commit all three.
results: .venv/installed-dev
	$(BIN)/footnote eval run --data-dir $(DEMO) --out build/eval || test $$? -eq 100
	$(BIN)/footnote eval accept build/eval
	$(BIN)/python -m benchmarks.results

wheel: .venv/installed-dev
	$(BIN)/python -m build --wheel --no-isolation

# the widget's built files, which are committed; needs Node 20 or newer
widget: ui/widget/node_modules
	cd ui/widget && npm run --silent check && npm run --silent build

ui/widget/node_modules: ui/widget/package-lock.json
	cd ui/widget && npm ci --no-audit --no-fund --silent
	@touch $@

screenshots: .venv/installed-dev
	@tests/ensure-tools
	$(BIN)/python -m benchmarks.screenshots

clean:
	rm -rf .venv .footnote build dist *.egg-info
