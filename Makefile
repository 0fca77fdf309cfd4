# Two commands do everything: `make demo` and `make test`. Both set up what is missing first.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Whatever the shell says: compiling the tests again in each run takes longer than collecting them.
unexport PYTHONDONTWRITEBYTECODE
# Set up: what feed2doc needs, feed2doc itself, and what the tests need.
NEEDS := $(VENV)/.needs
READY := $(VENV)/.ready
TESTED := $(VENV)/.tested
# What the installation compiles. Without it, each run would read all of these files; a folder changes if one is added or removed.
COMPILED := convert/feed2doc/_compiled_data.py hatch_build.py $(addprefix convert/feed2doc/,sites systems words) templates/looks \
    $(shell find convert/feed2doc templates/looks -name '*.toml')
# How many processes run tests: a number, or logical for one per core, eight at most.
JOBS ?= logical
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --maxprocesses 8 --dist worksteal
FUZZ_RUNS ?= 5000
FUZZ_SECONDS ?= 0
FUZZ_SEED ?= 1
SOAK_MINUTES ?= 60
# What bench and scale measure.
FOLDER ?= samples
ITEMS ?= 200000
PEERS ?= $(BIN)/python

# What WeasyPrint needs of the system, on Debian and Ubuntu, and what the EPUB checks and the PDF tests need.
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-noto-core
TEST_PACKAGES := default-jre-headless poppler-utils

.PHONY: help demo test quick soak check-corpus lint type docs fuzz coverage golden pages wheel pyz bench scale lock clean system

help: ## Show what there is to make.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(READY) ## Set everything up and convert samples/ to EPUB, PDF, Markdown and text in out/.
	@$(BIN)/feed2doc samples --to epub --to pdf --to md --to txt --offline --output-dir out
	@echo "Open $$(ls out/2021-01-21-it-answers*.epub), for example. To type feed2doc: PATH=$(CURDIR)/$(BIN):\$$PATH"

# Types, site and fuzzing run next to the tests, mostly while these wait for something, and are shown after them.
test: $(TESTED) lint ## Set everything up and pass the tests: lint, types, the site, half a minute of fuzzing, pytest.
	@log=$$(mktemp); nice -n 5 $(MAKE) --no-print-directory --keep-going type docs fuzz >"$$log" 2>&1 & checks=$$!; \
	$(PYTEST); tests=$$?; wait $$checks; others=$$?; cat "$$log"; rm "$$log"; exit $$((tests | others))

quick: $(TESTED) ## Run the tests that are not marked slow; VENV=.venv-3.12 PYTHON=python3.12 runs them on another Python.
	$(PYTEST) -m "not slow"

soak: $(TESTED) ## Try random inputs, kills and attacks for SOAK_MINUTES (60); the table at the end says what was tried and found.
	$(BIN)/python -m tests.soak $(SOAK_MINUTES)

check-corpus: $(TESTED) ## Show the books of all items in the folder CORPUS to EPUBCheck, and to Ace if it is on the PATH.
	@$(BIN)/python -m tests.check_corpus "$(CORPUS)"

# The same seed tries the same inputs each time, so that only a change makes it fail; FUZZ_SEED=0 tries others.
fuzz: $(TESTED) ## Fuzz the readers with FUZZ_RUNS (5000) inputs from FUZZ_SEED (1), for at most FUZZ_SECONDS; a find is left here as crash-*.
	@$(BIN)/python -c 'import atheris' 2>/dev/null || { echo "no fuzzing: atheris has no build for this system"; exit 0; }; \
	finds=$$(mktemp -d) && PYTHONHASHSEED=0 $(BIN)/python tests/fuzz/fuzz_readers.py -seed=$(FUZZ_SEED) -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) -timeout=20 \
	    -max_len=4000 -verbosity=0 $$finds tests/fuzz/corpus && rm -r $$finds

lint: $(TESTED) ## Check style and format.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(TESTED) ## Check types, and that every public name has one.
	$(BIN)/mypy --strict
	set -o pipefail; PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/basedpyright --ignoreexternal --verifytypes feed2doc | grep -v '^ *feed2doc[.a-z_]*$$'

docs: $(TESTED) ## Build the documentation into site/; whatever is wrong in it is an error. To read it: python3 -m http.server -d site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

coverage: $(TESTED) ## Count the lines and branches that the tests run, in the processes that they start as well; what is not run is listed.
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n $(JOBS) --maxprocesses 8 --timeout 600 --deselect tests/cli/test_command_line.py::test_full_disk_leaves_the_old_file_whole
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

golden: $(TESTED) ## Write the expected outputs of the tests again; then read the difference.
	$(BIN)/python -m pytest --update-golden

pages: $(TESTED) ## Draw the pages of all samples, in eight sizes by both engines, into out/pages/.
	$(BIN)/python -m tests.make_pages out/pages samples/*.txt

wheel: $(READY) ## Build the wheel and the source archive into dist/.
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist

pyz: wheel ## Build dist/feed2doc.pyz: feed2doc and all that it needs in one file, for this system and version of Python.
	rm -rf build
	$(PYTHON) -m venv build/tool
	build/tool/bin/pip install -q --disable-pip-version-check "shiv>=1.0.8"
	$(INSTALL) --no-compile --require-hashes --target build/site -r requirements.lock
	$(INSTALL) --no-compile --no-deps --upgrade --target build/site dist/*.whl
	build/tool/bin/shiv --site-packages build/site --console-script feed2doc --python "/usr/bin/env python3" --compressed --reproducible --output-file dist/feed2doc.pyz
	rm -r build

bench: $(TESTED) ## Measure speed on the items of FOLDER (samples), name what became slower, and write docs/performance.md; PEERS is a Python with other converters.
	$(BIN)/python -m bench --peers "$(PEERS)" "$(FOLDER)"

scale: $(TESTED) ## Convert ITEMS (200000), copied from FOLDER (samples), on a cluster that loses a worker and its scheduler, and write docs/scale.md.
	$(BIN)/python -m bench.scale --items $(ITEMS) "$(FOLDER)"

PIN := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

lock: ## Pin every dependency, with hashes: of the tests in requirements-test.lock, of them those of feed2doc alone and of its build in the others.
	$(PIN) pyproject.toml --group build --group dev --extra cluster --extra serve -o requirements-test.lock
	$(PIN) pyproject.toml -c requirements-test.lock -o requirements.lock
	$(PIN) --group build -c requirements-test.lock -o requirements-build.lock

clean: ## Remove what was made.
	rm -rf .venv .venv-* out dist build site .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The system's packages that are named: by apt where we may, else the one command to type.
system:
	@missing=; for p in $(NEEDED); do \
	    [ "$$p" = default-jre-headless ] && command -v java >/dev/null && continue; \
	    dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"; \
	[ -z "$$missing" ] && exit 0; \
	command -v apt-get >/dev/null || { echo "Install these with your system's package manager, then run make again:$$missing"; exit 1; }; \
	if [ "$$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; \
	else echo "Run this as root, then make again: apt-get install -y$$missing"; exit 1; fi; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing

INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check

$(NEEDS): requirements.lock requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit("feed2doc needs Python 3.11 or newer: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else 0'
	@echo "Setting up $(VENV)"
	@$(MAKE) --no-print-directory system NEEDED="$(PACKAGES)"
	[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	@touch $@

$(READY): $(NEEDS) pyproject.toml $(COMPILED)
	$(INSTALL) --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q convert  # a shell that forbids Python to write byte code has it all the same
	@touch $@

$(TESTED): requirements-test.lock | $(READY)
	@echo "Adding what the tests need to $(VENV), which takes 2 minutes"
	@$(MAKE) --no-print-directory system NEEDED="$(TEST_PACKAGES)"
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@
