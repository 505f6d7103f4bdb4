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
nights: .venv/.dev         ## rehearse ten nights with changes on CORPUS, checking each
	$(BIN)/python -m tests.benchmarks.nights $(CORPUS)

.PHONY: train
RUNS := training/runs
FAST := --layers 0 --hidden 192 --span 128 --size 1800 --lexicon
train: .venv/.train        ## make the tagger's models from CORPORA again: five hours of one core; a stopped one goes on
	OMP_NUM_THREADS=1 $(BIN)/python training/train_tagger.py teacher --corpora $(CORPORA) --layers 6 --epochs 5 --seed 1
	OMP_NUM_THREADS=1 $(BIN)/python training/train_tagger.py gold --corpora $(CORPORA) $(FAST) --epochs 12 --rate 2e-3 --seed 3
	OMP_NUM_THREADS=1 $(BIN)/python training/soft_labels.py $(RUNS)/teacher/best.pt $(RUNS)/gold/best.pt $(RUNS)/soft --corpora $(CORPORA)
	OMP_NUM_THREADS=1 $(BIN)/python training/train_tagger.py fast --corpora $(CORPORA) $(FAST) --epochs 6 --rate 1.5e-3 --seed 4 \
	    --start $(RUNS)/gold/best.pt --soft $(RUNS)/soft
	$(BIN)/python training/export.py $(RUNS)/fast/best.pt models/tagger/fast.npz
	$(BIN)/python training/calibrate.py models/tagger/fast.npz --corpora $(CORPORA)
	$(BIN)/python training/check_export.py $(RUNS)/fast/best.pt models/tagger/fast.npz --corpora $(CORPORA)
	$(BIN)/python training/export_accurate.py $(RUNS)/teacher/best.pt models/tagger/accurate.npz
	$(BIN)/python training/calibrate.py models/tagger/accurate.npz --beside models/tagger/fast.npz --corpora $(CORPORA)

.venv/.train: pyproject.toml .venv/.dev
	$(BIN)/pip install --quiet --editable '.[train]' 'setuptools<81'
	touch $@

.PHONY: gate
gate: .venv/.dev           ## measure on the gold CORPORA and hold the figures against the floors of data/scores.json
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m letopis.evaluate.gate $(CORPORA)
