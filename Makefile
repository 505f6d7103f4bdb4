# Two commands do all the set-up: `make pipeline` and `make test`.
PYTHON ?= python3
CORPUS ?= data/sample
OUT ?= out
WORKERS ?= 2
CORPORA ?= ../shared/corpora
BIN := .venv/bin

.PHONY: pipeline test check golden lint types wheel lock clean

pipeline: .venv/.runtime   ## run the main job on CORPUS into OUT
	$(BIN)/letopis run $(CORPUS) --out $(OUT) --workers $(WORKERS)

test: .venv/.dev           ## all tests; no network, no outside corpora
	$(BIN)/pytest -n 2

check: .venv/.runtime      ## check every promise of the tables in OUT
	$(BIN)/letopis check $(OUT)

golden: .venv/.dev         ## rewrite the golden files; review the diff
	LETOPIS_GOLDEN=rewrite $(BIN)/pytest tests/golden

lint: .venv/.dev
	$(BIN)/ruff check .

types: .venv/.dev
	$(BIN)/mypy

wheel: .venv/.dev
	$(BIN)/pip wheel --no-deps --wheel-dir dist .

lock: .venv/.dev           ## renew the lock files from pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	    --extra html --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	    --extra html --extra dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv out dist build

.venv/.runtime: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: nights
nights: .venv/.dev         ## rehearse ten nights with changes on CORPUS, checking each, and how their cost grows
	$(BIN)/python -m tests.benchmarks.nights $(CORPUS)
	$(BIN)/python -m tests.benchmarks.growth $(CORPORA) --night 50 --hold

.PHONY: digests fuzz torture
digests:                   ## after training: list the sha256 of every model, without which none is loaded
	cd models && find . -type f ! -name '*.md' ! -name 'digests*' -printf '%P\n' | LC_ALL=C sort | xargs sha256sum > digests.new
	mv models/digests.new models/digests

fuzz: .venv/.dev           ## 20,000 spoilt files of every format through reading and annotation; a quarter of an hour
	$(BIN)/python -m tests.fuzz.fuzz 20000

torture: .venv/.dev        ## 200 broken nights, and thirty nights some of which are killed; an hour. Needs root for a full disk
	$(BIN)/python -m tests.torture.torture 200
	$(BIN)/python -m tests.benchmarks.nights $(CORPUS) 30

.PHONY: train
RUNS := training/runs
BUNDLE := $(RUNS)/bundle/bundle.pkl.xz
train: .venv/.train        ## make the tagger's models from CORPORA again: days of a core, or a quarter of an hour of a GPU; a stopped one goes on
	$(BIN)/python training/bundle.py $(BUNDLE) --corpora $(CORPORA)
	OMP_NUM_THREADS=1 PYTHON=$(abspath $(BIN))/python bash training/recipe.sh $(BUNDLE)
	$(BIN)/python training/export.py $(RUNS)/fast/best.pt models/tagger/fast.npz
	$(BIN)/python training/calibrate.py models/tagger/fast.npz --corpora $(CORPORA)
	$(BIN)/python training/check_export.py $(RUNS)/fast/best.pt models/tagger/fast.npz --corpora $(CORPORA)
	$(BIN)/python training/export.py $(RUNS)/accurate1/best.pt models/tagger/accurate.npz
	$(BIN)/python training/calibrate.py models/tagger/accurate.npz --beside models/tagger/fast.npz --corpora $(CORPORA)
	$(BIN)/python training/check_export.py $(RUNS)/accurate1/best.pt models/tagger/accurate.npz --corpora $(CORPORA)

.venv/.train: pyproject.toml .venv/.dev
	$(BIN)/pip install --quiet --editable '.[train]' 'setuptools<81'
	touch $@

.PHONY: notebooks
notebooks: .venv/.notebooks ## run the notebooks on OUT, a minute each at most; rendered copies in build/notebooks
	test -e $(OUT)/current || $(MAKE) pipeline
	$(BIN)/python notebooks/build.py $(OUT) build/notebooks

.venv/.notebooks: pyproject.toml .venv/.runtime
	$(BIN)/pip install --quiet --editable '.[notebooks]' 'setuptools<81'
	touch $@

.PHONY: gate
gate: .venv/.dev           ## measure on the gold CORPORA and hold the figures against the floors of data/scores.json
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m letopis.evaluate.gate $(CORPORA)

.PHONY: bench
bench: .venv/.dev          ## natasha's chain and `letopis run` side by side on a quiet machine; kept in data/benchmarks
	$(BIN)/python -m tests.benchmarks.side_by_side $(CORPORA)

.PHONY: bench-growth
bench-growth: .venv/.dev   ## what nights cost as a store grows tenfold, of articles made of raw news; kept in data/benchmarks
	$(BIN)/python -m tests.benchmarks.growth $(CORPORA)

.PHONY: docs
docs: .venv/.docs          ## build the documentation, warnings are errors; open build/docs/index.html
	$(BIN)/letopis run data/sample --out build/sample --workers $(WORKERS) > /dev/null
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	$(BIN)/python -m docs.making.offline build/docs

.venv/.docs: pyproject.toml .venv/.runtime
	$(BIN)/pip install --quiet --editable '.[docs]' 'setuptools<81'
	touch $@
