# etl: build, test, run, install. `make help` lists the targets.

SWIFT       ?= swift
PREFIX      ?= /usr/local
DEFINITION  ?= Pipelines/libya.json
SHARED      ?= ../shared
BUILD       := $(SWIFT) build --explicit-target-dependency-import-check error
# The program carries the Swift runtime, so that the server under cron needs none.
RELEASE     := $(BUILD) -c release --static-swift-stdlib --product etl
ETL         := .build/release/etl
DEBUG_ETL   := .build/debug/etl
TARGETS     ?= definition jsonl csv html charset text dates gazetteer
SECONDS     ?= 600
LIBRARIES   := sqlite3 libxml-2.0 uchardet libxxhash libcrypto zlib libzstd
APT         := libsqlite3-dev libxml2-dev libuchardet-dev libxxhash-dev libssl-dev zlib1g-dev libzstd-dev pkg-config
BREW        := sqlite libxml2 uchardet xxhash openssl@3 zlib zstd pkg-config

.PHONY: help deps build run test faults soak sanitize fuzz test-release golden-update lint format generate check-generated write-generated model-entities model-extraction model-text install uninstall man notebook loaders plugin quality clean

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

deps: ## Install the system libraries that are missing.
	@if pkg-config --exists $(LIBRARIES) 2>/dev/null; then :; \
	elif command -v apt-get >/dev/null 2>&1; then \
	  echo "installing system libraries with apt-get: $(APT)"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $(APT) >/dev/null; \
	elif command -v brew >/dev/null 2>&1; then \
	  echo "installing system libraries with brew: $(BREW)"; brew install -q $(BREW); \
	else \
	  echo "missing system libraries; install: $(LIBRARIES)" >&2; exit 69; \
	fi

build: deps ## Build the program for use.
	@echo "building (the first time takes some minutes)"
	@mkdir -p .build && $(RELEASE) > .build/release.log 2>&1 || { cat .build/release.log >&2; exit 1; }

run: build ## Build, run the sample pipeline, and show its outputs.
	$(ETL) run $(DEFINITION) --verbose
	@echo
	@for file in articles.jsonl articles.csv mentions.csv; do \
	  echo "Output/libya/$$file:"; head -n 2 Output/libya/$$file | cut -c 1-400; echo; \
	done

test: deps ## Run every test.
	@$(BUILD) --build-tests
	@$(SWIFT) test --skip-build

faults: deps ## Break every file system call of a run, and kill it a thousand times.
	@$(BUILD) --build-tests
	ETL_FAULTS=all ETL_KILLS=1000 ETL_PUBLISHES=1000 $(SWIFT) test --skip-build --filter FaultTests

# Both sanitizers hold signals back until the program calls something they watch, which a program that waits does not, and
# map more than `ulimit -v` leaves.
sanitize: deps ## Run every test but those of signals and memory limits under ThreadSanitizer, then under AddressSanitizer.
	@for kind in thread address; do \
	  $(BUILD) --build-tests --sanitize=$$kind --scratch-path .build-$$kind > .build-$$kind.log 2>&1 \
	    || { tail -n 40 .build-$$kind.log; exit 1; }; \
	  ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --skip-build --sanitize=$$kind --scratch-path .build-$$kind \
	    --skip SignalTests --skip noProgramOutlivesTheRun --skip workersWithoutRoomAreDoneWithout || exit 1; \
	done

fuzz: deps ## Look for inputs that break a promise: make fuzz SECONDS=600 [TARGETS="html csv"].
	@ETL_FUZZ=1 $(SWIFT) build -c release --sanitize=fuzzer --sanitize=address --product Fuzz --scratch-path .build-fuzz
	@for target in $(TARGETS); do \
	  echo "$$target: $(SECONDS) s"; mkdir -p .build-fuzz/corpus/$$target .build-fuzz/found; \
	  $(if $(wildcard /dev/shm),TMPDIR=/dev/shm/) FUZZ_TARGET=$$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 .build-fuzz/release/Fuzz \
	    -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=4096 -max_len=16384 -print_final_stats=1 \
	    -artifact_prefix=.build-fuzz/found/$$target- .build-fuzz/corpus/$$target Tests/Fuzz/Corpus/$$target \
	    > .build-fuzz/$$target.log 2>&1 < /dev/null || { tail -n 40 .build-fuzz/$$target.log; exit 1; }; \
	  grep -E "number_of_executed_units|peak_rss" .build-fuzz/$$target.log; \
	done

soak: build ## Run over a growing folder for an hour, or MINUTES: memory, open files and state of each run.
	Tests/Faults/soak.sh $(ETL) $(or $(MINUTES),60)

test-release: deps ## Run every test as it is compiled for use.
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-release-tests

golden-update: deps ## Write what the golden runs expect anew; then read the diff.
	@$(BUILD) --build-tests
	ETL_GOLDEN_UPDATE=1 $(SWIFT) test --skip-build --filter GoldenTests

lint: ## Check the style of the sources.
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## Bring the sources into the style.
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

generate: deps ## Write the files that are made from the declarations.
	@$(BUILD) --product etl
	@$(MAKE) -s write-generated INTO=.

model-entities: deps ## Train the model of `tag` anew: make model-entities DATA=folder.
	$(BUILD) -c release --product EntityTrainer
	.build/release/EntityTrainer train $(DATA) Sources/CEntityModel/arabic.model
	.build/release/EntityTrainer train $(DATA) Sources/CEntityModel/latin.model latin=1

model-extraction: deps ## Train the scorer of pages anew: make model-extraction DATA=folder.
	$(BUILD) -c release --product ExtractionTrainer
	python3 Sources/ExtractionTrainer/train.py .build/release/ExtractionTrainer $(DATA) Sources/Extraction/BlockModelTables.swift

model-text: deps ## Train the judge of pages without markup anew: make model-text DATA=folder.
	$(BUILD) -c release --product ExtractionTrainer
	python3 Sources/ExtractionTrainer/train_text.py .build/release/ExtractionTrainer $(DATA) Sources/Extraction/ScrapedTextModelTable.swift

check-generated: deps ## Check that the generated files are up to date.
	@$(BUILD) --product etl
	@rm -rf .build/generated && mkdir -p .build/generated/Pipelines && $(MAKE) -s write-generated INTO=.build/generated
	@for file in README.md Pipelines/pipeline.schema.json Pipelines/STAGES.md; do \
	  diff -u $$file .build/generated/$$file || { echo "$$file is out of date: run make generate" >&2; exit 1; }; \
	done

write-generated:
	@$(DEBUG_ETL) schema > $(INTO)/Pipelines/pipeline.schema.json
	@$(DEBUG_ETL) stages --reference > $(INTO)/Pipelines/STAGES.md
	@$(DEBUG_ETL) stages --table > .build/stages.table
	@sed -e '/^<!-- made by/,/^<!-- end/{/^<!-- made by/r .build/stages.table' -e '/^<!--/!d;}' README.md > .build/README.new
	@mv .build/README.new $(INTO)/README.md

quality: build ## Score the program on larger data, where it is there, against pinned floors.
	python3 Tests/Quality/quality.py $(ETL) $(SHARED)

notebook: build ## Run the sample pipeline and execute the notebook on it.
	$(ETL) run $(DEFINITION)
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r Samples/notebooks/requirements.txt
	.venv/bin/python Samples/notebooks/execute.py Samples/notebooks/libya.ipynb

loaders: deps ## Load every format with pandas, polars and DuckDB.
	@$(BUILD) --product etl
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/Loader/requirements.txt
	@rm -rf .build/loaders && mkdir -p .build/loaders
	.venv/bin/python Tests/Loader/loader_check.py $(DEBUG_ETL) .build/loaders

plugin: deps ## Build the sample of a program with a stage of its own, as its own package.
	$(SWIFT) build --package-path Samples/plugin --scratch-path .build-plugin
	.build-plugin/debug/news stages headline

man: deps ## Write the manual page to .build/etl.1.
	@$(SWIFT) package plugin generate-manual --configuration debug > .build/man.log 2>&1 || { cat .build/man.log >&2; exit 1; }
	@cp .build/plugins/GenerateManual/outputs/etl/etl.1 .build/etl.1

SHARE := $(DESTDIR)$(PREFIX)/share
COMPLETIONS := $(SHARE)/bash-completion/completions/etl $(SHARE)/zsh/site-functions/_etl $(SHARE)/fish/vendor_completions.d/etl.fish

install: build ## Install the program, completions and (after make man) the manual to PREFIX.
	install -d $(DESTDIR)$(PREFIX)/bin $(dir $(COMPLETIONS)) $(SHARE)/man/man1
	install -s -m 755 $(ETL) $(DESTDIR)$(PREFIX)/bin/etl
	$(ETL) --generate-completion-script bash > $(SHARE)/bash-completion/completions/etl
	$(ETL) --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_etl
	$(ETL) --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/etl.fish
	if [ -f .build/etl.1 ]; then install -m 644 .build/etl.1 $(SHARE)/man/man1/etl.1; fi

uninstall: ## Remove what install put there.
	rm -f $(DESTDIR)$(PREFIX)/bin/etl $(COMPLETIONS) $(SHARE)/man/man1/etl.1

clean: ## Remove what was built.
	rm -rf .build .build-*
