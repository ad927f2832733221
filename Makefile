# The loops of Yizhan (驿站). `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup ui build load run test check bench dawn golden soak

# Where `make run` keeps its data and listens; `make run DATA=/tmp/demo LISTEN=127.0.0.1:9000`.
DATA ?= data/demo
LISTEN ?= 127.0.0.1:8080
ARGS ?=

UI_SOURCES := $(shell find admin-ui -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/gql/*' 2>/dev/null)
UI_SOURCES += tests/golden/schema.graphql

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: ## installs what is missing (by apt, as root), and says what and why; exit code 3 where it may not
	@scripts/setup

ui: admin-ui/dist/index.html ## the admin and public pages, embedded by the next build

admin-ui/node_modules/.package-lock.json: admin-ui/package-lock.json
	cd admin-ui && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

admin-ui/dist/index.html: admin-ui/node_modules/.package-lock.json $(UI_SOURCES)
	cd admin-ui && npm run build
	@touch $@

build: setup ui ## target/release/yizhan
	cargo build --locked --release -p yizhan

run: setup ui ## sets up, builds and starts the demo: eleven cities, printed accounts and password
	cargo run --locked -p yizhan -- demo --data-dir $(DATA) --listen $(LISTEN) $(ARGS)

test: ## sets up and runs everything CI runs
	@scripts/test

check: ## the quick part of the tests: format, lints, types
	@scripts/test format ui lints

# The server as it is shipped, and its measure in one go: each by itself would be built from other features, and all that both
# stand on twice.
load: setup ui
	cargo build --locked --profile shipping -p yizhan -p yizhan-load

bench: load ## measures what is shipped beside the same work by hand, on both back ends; docs/results/bench.md
	scripts/with-postgres target/shipping/yizhan-load --write docs/results/bench.md

dawn: load ## the busiest hour of the morning in five minutes against the demo, and where the machine has enough; docs/results/dawn.md
	scripts/with-postgres target/shipping/yizhan-load --write docs/results/dawn.md dawn

golden: ## rewrites tests/golden/* from the code; read the difference before you commit it
	YIZHAN_GOLDEN=write cargo test --locked -p yizhan-tests golden

soak: ## the faults in full numbers (50 kills, 50 power cuts, 200 races of a thousand workers): many minutes; writes docs/results/soak.md
	@scripts/soak
