# Tynde linjer over docgen. `make` alene viser, hvad man kan; hvert mål henter selv det, det mangler.

# Den første af disse, der er Python 3.11 eller nyere, laver .venv. Vælg selv med: make PYTHON=/sti/til/python policy
PYTHON ?= python3.13 python3.12 python3.11 python3
# Flere ord til kommandoen: make test ARGS="-k dansk", make policy ARGS="--format pdf", make lock ARGS="--upgrade"
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
FUZZ := $(VENV)/.fuzz
MUTATION := $(VENV)/.mutation
WORDS := $(VENV)/.words
VERAPDF := tests/judges/verapdf/target/dependency
AXE := tests/judges/node_modules

# Oversat kode bliver gemt fra begyndelsen, også hvor miljøet siger nej: den, der bygger, skal ikke vente på det hver gang.
KEEP := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python
define KEEP_TEMPLATES
from pathlib import Path
from docgen.folder import read_folder
from docgen.templating import compile_templates
compile_templates(read_folder(Path("templates"), "templates"))
endef
export KEEP_TEMPLATES
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
UV := uv>=0.11,<1
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help policy cases follow-up meeting all preview studio check test golden pages pictures lint format judges bench profile fuzz documents faults font mutation needles notices \
	words lock lowest newest clean

help: ## Vis denne liste
	@echo "Brug: make MÅL"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile

policy: $(RUN) ## Byg indkøbspolitikken som PDF, Word og HTML i build/policy
	$(BIN)/docgen build policy $(ARGS)

cases: $(RUN) ## Byg alle sager i build/case, og vis hvor lange de er
	$(BIN)/docgen build case $(ARGS)

follow-up: $(RUN) ## Byg opfølgningen og sagerne: make follow-up YEAR=2024
	$(BIN)/docgen build follow-up$(if $(YEAR),/$(YEAR)) case $(ARGS)

meeting: $(RUN) ## Byg et møde: dagsorden, protokol, åben og lukket mappe: make meeting MEETING=2022-12-01-br
	$(BIN)/docgen build $(if $(MEETING),meeting/$(MEETING),meeting) --with-annexes --edition open $(ARGS)
	$(BIN)/docgen build $(if $(MEETING),meeting/$(MEETING),meeting) --with-annexes --edition closed $(ARGS)

all: $(RUN) ## Byg alle dokumenter
	$(BIN)/docgen build $(ARGS)

preview: $(RUN) ## Vis dokumenterne i browseren, mens de bliver skrevet
	$(BIN)/docgen preview $(ARGS)

studio: $(RUN) ## Skriv dokumenterne i browseren: klik på et ord, ret det, og gem med Ctrl+S
	$(BIN)/docgen studio $(ARGS)

check: $(RUN) ## Kontrollér indhold og skabeloner uden at bygge
	$(BIN)/docgen check $(ARGS)

# Flere på én gang, en fil ad gangen: det, en fils prøver deler, laves kun én gang. De længste filer kommer først
# (tests/conftest.py). Oversat kode bliver gemt, også hvor miljøet siger nej: prøverne starter docgen mange gange.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test: $(DEV) ## Kør prøverne, lige så mange ad gangen, som maskinen har kerner; ARGS=--thorough tager også de langsomme
	$(PYTEST) $(ARGS)

golden: $(DEV) ## Skriv de forventede filer i tests/golden på ny; se ændringerne igennem bagefter
	$(PYTEST) --update $(ARGS)

pages: $(DEV) ## Tegn politikkens sider som små billeder i docs/sider, så at et nyt udseende kan ses
	$(BIN)/python -m tests.support.page_pictures

pictures: $(DEV) $(AXE) ## Tag vejledningens billeder af docgen preview og studio på ny, i content/images (kræver npm og Chromium)
	$(BIN)/python -m tests.support.guide_pictures

lint: $(DEV) ## Efterse kodens stil og typer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict docgen tests

format: $(DEV) ## Sæt koden op i den faste stil
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

judges: $(VERAPDF) $(AXE) ## Hent de uafhængige dommere: veraPDF (kræver Maven) og fem, der kræver npm

profile: $(DEV) ## Vis, hvor en kold bygning af politikken bruger tiden: indlæsning, indhold, træ, skrivere, Typst, filer
	@$(BIN)/python -m tests.bench.profile $(ARGS)

bench: $(BENCH) ## Mål farten, og skriv tallene i docs/maalinger.md
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: $(FUZZ) ## Prøv læserne med ødelagte input (kun Linux), og skriv tallene i docs/robusthed.md
	$(BIN)/python -m tests.fuzz $(ARGS)

documents: $(DEV) ## Byg tilfældige dokumenter, og skriv tallene i docs/robusthed.md: make documents ARGS="--count 10000"
	$(BIN)/python -m tests.random_documents $(ARGS)

faults: $(DEV) ## Dræb, nægt og forstyr docgen, og skriv i docs/robusthed.md, hvad der holdt
	$(BIN)/python -m tests.faults $(ARGS)

notices: $(RUN) ## Skriv, hvad docgen er lavet med, og licenserne: docs/tredjepart.md og docs/sbom.json
	$(BIN)/python -m tests.notices

words: $(WORDS) ## Lav listen af danske ord på ny af dens kilder (kræver npm): docgen/lexicon/forms.marisa og forms.bin
	$(BIN)/python -m tests.words

needles: $(DEV) ## Skriv på ny, hvad korrekturens mønstre kræver af en tekst: docgen/proofing/needles.json
	$(BIN)/python -m tests.needles

font: $(DEV) ## Lav skriften i websiderne på ny af skriftens pakke: docgen/writers/html/*.woff
	$(BIN)/python -m tests.web_font

mutation: $(MUTATION) ## Prøv prøverne på ændret kode, og skriv tallene i docs/mutation.md: make mutation ARGS=danish
	$(BIN)/python -m tests.mutation $(ARGS)

lock: ## Lås afhængighederne på ny; ARGS=--upgrade henter de nyeste
	@test -x .venv-lock/bin/uv || $(call make_venv,.venv-lock)
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install "$(UV)"
	$(COMPILE) $(ARGS) pyproject.toml --extra studio --group build --output-file requirements/run.txt
	$(COMPILE) $(ARGS) --group test --group lint --constraint requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) $(ARGS) --group bench --constraint requirements/run.txt --constraint requirements/dev.txt \
		--output-file requirements/bench.txt
	$(COMPILE) $(ARGS) --group fuzz --output-file requirements/fuzz.txt
	$(COMPILE) $(ARGS) --group words --constraint requirements/run.txt --output-file requirements/words.txt
	$(COMPILE) $(ARGS) --group mutation --constraint requirements/run.txt --constraint requirements/dev.txt \
		--constraint requirements/bench.txt --output-file requirements/mutation.txt

lowest: ## Kør prøverne med de laveste versioner, som pyproject.toml tillader (uden dommere)
	@$(call try_versions,.venv-lowest,lowest-direct)

newest: ## Kør prøverne med de nyeste versioner, som pyproject.toml tillader (uden dommere)
	@$(call try_versions,.venv-newest,highest)

clean: ## Slet alt det, som kan laves igen
	rm -rf build/* dist mutants $(VENV) .venv-lock .venv-lowest .venv-newest .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf $(AXE) tests/judges/verapdf/target
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- det, som målene hviler på ------------------------------------------------------------------------------------

define make_venv
{ \
	for python in $(PYTHON); do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Opretter $(1) med $$("$$python" -V)"; \
			exec "$$python" -m venv --clear $(1); \
		fi; \
	done; \
	echo "Fejl: docgen kræver Python 3.11 eller nyere med venv, men det er ikke blandt: $(PYTHON)" >&2; \
	echo "Installér det (på Debian: apt install python3 python3-venv), eller peg på det: make PYTHON=/sti/til/python" >&2; \
	exit 1; \
}
endef

# Et miljø for sig, uden lås: mappen, og hvordan uv vælger mellem de tilladte versioner.
define try_versions
{ \
	test -x .venv-lock/bin/uv || ( $(call make_venv,.venv-lock) ) && \
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install "$(UV)" && \
	( $(call make_venv,$(1)) ) && \
	.venv-lock/bin/uv pip install --quiet --python $(1)/bin/python --resolution $(2) \
		--requirement pyproject.toml --extra studio --group build --group test && \
	.venv-lock/bin/uv pip install --quiet --python $(1)/bin/python --no-deps --no-build-isolation --editable . && \
	.venv-lock/bin/uv pip freeze --python $(1)/bin/python --exclude-editable && \
	$(1)/bin/python -m pytest -m "not judge" --slow $(ARGS); \
}
endef

$(RUN): pyproject.toml requirements/run.txt requirements/dev.txt requirements/bench.txt requirements/mutation.txt
	@$(call make_venv,$(VENV))
	$(PIP) install --require-hashes --requirement requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(KEEP) -m compileall -q docgen
	@$(KEEP) -c "$$KEEP_TEMPLATES"
	@touch $@

$(DEV): $(RUN)
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(BENCH): $(DEV)
	$(PIP) install --require-hashes --requirement requirements/bench.txt
	@touch $@

$(FUZZ): $(DEV) requirements/fuzz.txt
	$(PIP) install --require-hashes --requirement requirements/fuzz.txt

$(WORDS): $(RUN) requirements/words.txt
	@command -v npm >/dev/null || { echo "Fejl: kilden til ordlisten hentes med npm, som mangler" >&2; exit 1; }
	$(PIP) install --require-hashes --requirement requirements/words.txt
	@touch $@

$(MUTATION): $(DEV)
	$(PIP) install --require-hashes --requirement requirements/mutation.txt
	@touch $@

$(VERAPDF): tests/judges/verapdf/pom.xml
	@command -v mvn >/dev/null || { echo "Fejl: veraPDF hentes med Maven (mvn), som mangler" >&2; exit 1; }
	mvn --quiet --batch-mode --file $< package
	@touch $@

$(AXE): tests/judges/package-lock.json
	@command -v npm >/dev/null || { echo "Fejl: axe og andre dommere hentes med npm, som mangler" >&2; exit 1; }
	npm ci --prefix tests/judges --ignore-scripts --no-audit --no-fund
	chmod +x tests/judges/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool
	@touch $@
