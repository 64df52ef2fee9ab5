# 报馆 baoguan. `make help` lists what there is. A bare machine needs python3 (3.11 or later) and make.

PYTHON ?= python3
PORT ?= 8501
ELASTICSEARCH ?= 8.19.0 9.2.4
# A process for each core, a file of tests at a time, in the order of the folders: long ones early.
SIDE_BY_SIDE := -n auto --dist loadfile --no-loadscope-reorder

BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps
TRAINING := PYTHONPATH=. .venv-training/bin/python -m training
REAL := $(wildcard ../shared/data/jingbao/jb_0224_*.jpg ../shared/data/jingbao/jb_4138_*.jpg)
CODE := baoguan press training tests bench

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-elasticsearch lint format bench samples train train-check lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 28

setup: .venv/run.ready ## make .venv; the command is .venv/bin/baoguan

demo: .venv/run.ready ## import the samples into demo/ and open the archive at PORT (8501)
	$(BIN)/baoguan --archive demo import samples/scans
	$(BIN)/baoguan --archive demo exhibits samples
	$(BIN)/baoguan --archive demo serve --port $(PORT)

test: .venv/dev.ready ## run the tests (those of Elasticsearch too, if BAOGUAN_TEST_ELASTICSEARCH names servers)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(PYTEST)

test-elasticsearch: .venv/dev.ready ## start real Elasticsearch servers (Java, Maven) and run their tests
	$(BIN)/python -m tests.elasticsearch_server run $(ELASTICSEARCH) -- \
	    $(BIN)/python -m pytest -m elasticsearch $(PYTEST)

lint: .venv/dev.ready ## ruff and mypy --strict
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy

format: .venv/dev.ready ## put the code into its form
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: .venv/dev.ready ## measure speed beside peers
	for name in ocr search search_page truth; do $(BIN)/python -m bench.$$name || exit 1; done

samples: .venv/dev.ready ## typeset the sample newspapers anew (needs fonts-noto-cjk)
	$(BIN)/python -m press samples --out samples

train: .venv-training/ready ## make the recogniser's weights (about eleven hours on one core; see training/README.md)
	$(TRAINING) train --out build/training/a --lines 4500 --rate 2e-4 --seed 11
	$(TRAINING) blend build/training/a --share 0.5 --out build/training/a.onnx
	$(TRAINING) train --out build/training/b --lines 11000 --rate 1.2e-4 --seed 12 \
	    --base build/training/a.onnx
	$(TRAINING) blend build/training/b --share 0.5 --out build/training/b.onnx
	$(TRAINING) train --out build/training/c --lines 12000 --rate 1.5e-4 --seed 31 \
	    --base build/training/b.onnx
	$(TRAINING) blend build/training/c --share 0.5 --base build/training/b.onnx --out build/training/c.onnx
	$(if $(REAL),test -d build/training/sure || $(TRAINING) sure --fold $(REAL) --out build/training/sure)
	$(TRAINING) train --out build/training/d --lines 24000 --rate 1.2e-4 --seed 91 \
	    $(if $(REAL),--share 0.3 --real build/training/sure) --base build/training/c.onnx
	$(TRAINING) blend build/training/d --share 0.8 --base build/training/c.onnx --out build/training/d.onnx
	$(TRAINING) train --out build/training/e --lines 54000 --rate 1.2e-4 --seed 211 \
	    $(if $(REAL),--share 0.33 --real build/training/sure) --base build/training/d.onnx
	$(TRAINING) blend build/training/e --share 0.5 --base build/training/d.onnx --out build/training/e.onnx
	$(TRAINING) train --out build/training/f --lines 28000 --rate 1.2e-4 --seed 311 \
	    $(if $(REAL),--share 0.33 --real build/training/sure) --base build/training/e.onnx
	$(TRAINING) blend build/training/f --share 0.5 --base build/training/e.onnx --out build/training/f.onnx
	$(TRAINING) train --out build/training/g --lines 33000 --rate 1.2e-4 --seed 411 \
	    $(if $(REAL),--share 0.33 --real build/training/sure) --base build/training/f.onnx
	$(TRAINING) train --out build/training/h --lines 27000 --rate 2e-4 --seed 412 \
	    $(if $(REAL),--share 0.4 --real build/training/sure) --base build/training/f.onnx
	$(TRAINING) blend build/training/h --share 0.3333 --base build/training/f.onnx --out build/training/h.onnx
	$(TRAINING) blend build/training/g --share 0.25 --base build/training/h.onnx --out build/training/g.onnx
	$(TRAINING) forms build/training/g.onnx
	$(TRAINING) eight-bits $(if $(REAL),--real build/training/sure)

train-check: .venv-training/ready ## train for some minutes: the loss falls, the export is equal
	$(TRAINING) check

lock: .venv/dev.ready ## compile requirements/*.txt anew from pyproject.toml
	cd requirements && for extra in run: "dev:--extra dev --extra openvino --constraint run.txt" \
	    "training:--extra training --constraint run.txt"; do \
	    ../$(BIN)/uv pip compile ../pyproject.toml $${extra#*:} --override overrides.txt \
	        --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	        --no-emit-find-links --custom-compile-command "make lock" --quiet \
	        -o $${extra%%:*}.txt; done

clean: ## remove what was made, but not demo/
	rm -rf .venv .venv-training .cache build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/uv.ready: requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "baoguan needs Python 3.11 or later: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	    { echo "python3 cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/setup.txt
	@touch $@

.venv/run.ready: .venv/uv.ready requirements/run.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --editable .
	@touch $@

.venv-training/ready: .venv/uv.ready requirements/training.txt
	test -x .venv-training/bin/python || $(BIN)/python -m venv .venv-training
	$(BIN)/uv pip install --quiet --python .venv-training/bin/python --no-deps \
	    --require-hashes -r requirements/training.txt
	$(BIN)/uv pip install --quiet --python .venv-training/bin/python --no-deps --editable .
	@touch $@

.venv/dev.ready: .venv/run.ready requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
