# `make help` lists what there is. Needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
PY := .venv/bin/python
TEMPLATES = $$(find perspectives -path '*/templates/*' -name '*.html')
# Each lock names every package, so nothing is resolved; wheels only, since building one would fetch what no lock names.
PIP = $(PY) -m pip --quiet --disable-pip-version-check
INSTALL = $(PIP) install --require-hashes --no-deps --only-binary :all:
SOURCES = debatekb perspectives tests bench examples deploy manage.py
# Tests with one system stay on one worker, and the long folders begin (tests/sharing.py).
SUITE = $(PY) -m pytest -n 2
COVERED = $(SUITE) --durations=10 --cov
EXACTLY = $(PY) -m coverage report --include='$(EXACT)' --fail-under=100
MYPY = .venv/bin/mypy --explicit-package-bases debatekb perspectives bench examples manage.py
# What every layer stands on, and a few tests of each.
SMOKE = tests/rules tests/policy tests/models/test_constraints.py tests/actions/publication/test_publishing.py tests/queries \
  tests/api/test_documents.py tests/web/browse/test_home.py tests/repo/test_code.py tests/repo/test_documents.py
EXACT = perspectives/rules/*,perspectives/policy.py,perspectives/actions/*

.DEFAULT_GOAL := help
.PHONY: help run restart dev test coverage quick deep crash mutants seconds lint types sure lock clean bench schema screenshots fuzz clients programs images sbom audit secrets
.DELETE_ON_ERROR:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.base ## start everything and say where it serves; PORT=8001 make run takes another port
	@exec $(PY) manage.py up

restart: .venv/.base ## put the code that is here now in the place of what runs, without a gap
	@exec $(PY) manage.py up --restart

dev: .venv/.dev ## the same for developers: reload on change, debug toolbar, mail in the terminal
	@echo "Demo people sign in as demo-proposer, demo-reviewer or demo-chief with the password debate-kb-demo."
	@export DEBUG=true DEBUG_TOOLBAR=true PUBLICATION_VERSION_TTL=0 EMAIL_URL=consolemail:// DEMO_PASSWORD=debate-kb-demo; \
	DEBATEKB_VAR=$${DEBATEKB_VAR:-$(CURDIR)/var/dev} exec $(PY) manage.py up --reload

test: .venv/.dev programs ## run all tests with real engines, a browser and Node; every branch of rules, policy and actions is covered
	$(COVERED) --cov-report=
	$(EXACTLY)

coverage: .venv/.dev programs ## run all tests, much slower, and measure how much of everything they cover
	$(COVERED) --cov-report=term --cov-everywhere --cov-fail-under=95
	$(EXACTLY)

quick: .venv/.dev ## check in a minute, before a commit: style, layers, types where they are cached, rules and some of each layer
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	@if [ -d .mypy_cache ]; then $(MYPY); fi
	$(PY) -m pytest -q -n 2 $(SMOKE)

deep: .venv/.dev programs ## run all tests for hours, at night: many random documents, 20 rounds of each race, long fuzzing of the API
	$(SUITE) --durations=10 --hypothesis-profile=deep --timeout=3600

fuzz: .venv/.dev ## have schemathesis ask a running system tens of thousands of times
	$(PY) -m pytest tests/outside/test_fuzz.py -q -s --hypothesis-profile=deep

seconds: .venv/.dev programs ## write down how long each folder of tests takes; for a quiet machine
	$(COVERED) --cov-report= --write-seconds

crash: .venv/.dev ## kill and freeze every process of a system while people write; ROUNDS=20 SEED=7 make crash plays that again
	$(PY) -m tests.run.crash --rounds $${ROUNDS:-50} $${SEED:+--seed $$SEED}

mutants: .venv/.dev ## change the gate, the alignment, the policy and the transitions in hundreds of ways; tests must notice
	$(PY) -m tests.mutants

lint: .venv/.dev secrets ## check style, templates, layers, migrations, settings and that no secret is in the tree
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djade --target-version 5.2 --check $(TEMPLATES)
	.venv/bin/django-upgrade --target-version 5.2 --check $$(find $(SOURCES) -name '*.py' -not -path '*/migrations/*')
	.venv/bin/lint-imports
	$(PY) -m tests.own_engines $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tests.own_engines env DJANGO_SETTINGS_MODULE=debatekb.settings $(PY) -m tests.migration_lint
	$(PY) -m tests.own_engines $(PY) manage.py check --fail-level WARNING

types: .venv/.dev ## check the types
	$(MYPY)

sure: lint types test ## everything that must be right before a merge

schema: .venv/.dev ## write the snapshots of the OpenAPI documents anew
	$(PY) manage.py spectacular --format openapi-json --validate --fail-on-warn --file tests/api/openapi.json
	$(PY) manage.py spectacular --generator-class perspectives.api.schema.generator.Desk --format openapi-json --validate \
	  --fail-on-warn --file tests/api/desk/openapi.json

clients: .venv/.dev ## generate the Python and the TypeScript client into clients/, from where they can be installed
	$(PY) -m clients.generate

screenshots: .venv/.dev ## shoot every page type of the running system into var/screenshots
	$(PY) -m tests.browser.screenshots http://127.0.0.1:$${PORT:-8000} var/screenshots

bench: .venv/.dev ## measure the running system: each command of bench/ prints a table
	@for script in $$(find bench -maxdepth 1 -name '[a-z]*.py' | sort); do \
	  echo "== $$script"; $(PY) -m "bench.$$(basename $$script .py)" || exit 1; done

lock: .venv/.dev ## write requirements/*.txt anew, newest versions, with hashes and without a registry's name
	cd requirements && for name in base dev; do ../.venv/bin/uv pip compile --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-package pip --custom-compile-command 'make lock' --quiet --output-file $$name.txt $$name.in || exit 1; done

images: .venv/.dev ## write the digests of all images behind their tags; needs Docker and its registry
	$(PY) deploy/images.py

sbom: .venv/.dev ## write the bill of materials (CycloneDX) of what is installed to run into var/sbom.cdx.json
	@mkdir -p var
	$(PY) -m cyclonedx_py requirements requirements/base.txt --output-reproducible --of JSON -o var/sbom.cdx.json

audit: .venv/.dev ## ask whether a locked package has a known fault; needs the network, and says so without
	@$(PY) -m tests.audit

secrets: .venv/.dev ## look for keys, tokens and passwords in the tree
	git ls-files -z | xargs -0 .venv/bin/detect-secrets-hook --disable-plugin KeywordDetector --exclude-files ^requirements/

clean: ## stop what runs; remove all run-time data, caches and .venv
	@if [ -x $(PY) ] && $(PY) -c 'import django' 2>/dev/null; then $(PY) manage.py up --clean; fi
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov mutants
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

programs: .venv/.dev
	$(PY) tests/browser/install.py
	$(PY) tests/node/install.py
	$(PY) tests/install/pips.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Debate KB needs Python 3.11 or newer; name one: PYTHON=python3.12 make run" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments; install python3-venv (apt-get install python3-venv) first." >&2; \
	  exit 1; }
	@echo "Making .venv."
	@$(PYTHON) -m venv .venv

.venv/.base: requirements/base.txt | .venv/bin/python
	@echo "Installing the packages of requirements/base.txt."
	@$(INSTALL) -r requirements/base.txt
	@$(PIP) check
	@touch $@

.venv/.dev: requirements/dev.txt requirements/base.txt | .venv/bin/python
	@echo "Installing the packages of requirements/base.txt and requirements/dev.txt."
	@$(INSTALL) -r requirements/base.txt -r requirements/dev.txt
	@$(PIP) check
	@touch $@ .venv/.base
