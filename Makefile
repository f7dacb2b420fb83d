# Wardlight: what a person types. `make` alone says what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo demo-inventory demo-live schemathesis test check build lint bench fuzz torture seeds proto package packages test-packages

# What the program needs, and what its tests need besides (tshark as a second opinion, ip for a network of their own,
# Python and snmpd for switches that answer).
PACKAGES := libpcap-dev ieee-data hwdata zlib1g-dev libsqlite3-dev libpcre2-dev libsnmp-dev
TEST_PACKAGES := $(PACKAGES) tshark iproute2 python3 python3-gdbm python3-venv snmp snmpd

# One build serves demo, tests, torture and benchmarks: always the same flags, so nothing is compiled twice.
FLAGS := --configuration release -Xswiftc -enable-testing
BIN := .build/release

SEED ?= 7
MINUTES ?= 10
SPEED ?= 10
PORT ?= 8080
KILLS ?= 10000
SERVICE_KILLS ?= 500
SECONDS ?= 60
N ?= 1000

help:
	@echo "make demo                    two made-up hospitals and a home, alive in your browser (SPEED=$(SPEED), PORT=$(PORT))"
	@echo "make demo-inventory          the inventory and the seven answers of a simulated hospital (seed $(SEED), $(MINUTES) minutes)"
	@echo "make demo-inventory CAPTURE=file.pcap   the inventory of your own capture"
	@echo "make demo-live               its switches answer over SNMP and are polled for half a minute"
	@echo "make test                    builds and runs all tests"
	@echo "make check                   what CI calls: format, strict build, imports, tests"
	@echo "make bench                   packets a second and memory beside other tools; switches; advisories and lists of assets"
	@echo "make fuzz SECONDS=60         looks for input that crashes a parser, so long for each"
	@echo "make torture                 every recording cut everywhere and changed 1,000 times; the writer of the log killed $(KILLS) times,"
	@echo "                             the whole service $(SERVICE_KILLS) times"
	@echo "make schemathesis            tries the HTTP API against its own description; a part of make test"
	@echo "make seeds N=$(N)            seeded stories with faults on the way, folded in every way that must come to the same"
	@echo "make package                 a Debian package: program, knowledge, units, licences, SPDX; takes a while"
	@echo "make proto                   writes the log's protocol buffer code anew"

packages:
	@scripts/toolchain
	@scripts/packages $(PACKAGES)

test-packages:
	@scripts/toolchain
	@scripts/packages $(TEST_PACKAGES)

# Answers on this machine only; Ctrl-C ends it.
demo: packages
	@swift build $(FLAGS) --product wardlight
	@$(BIN)/wardlight demo --seed $(SEED) --speed $(SPEED) --port $(PORT)

demo-inventory: packages
	@swift build $(FLAGS) --product wardlight
ifdef CAPTURE
	@$(BIN)/wardlight inventory --capture "$(CAPTURE)"
else
	@$(BIN)/wardlight simulate --seed $(SEED) --minutes $(MINUTES) --output demo
	@$(BIN)/wardlight inventory --hospital demo
	@$(BIN)/wardlight answers --hospital demo --show 3
endif

# Warnings are errors in every room (Package.swift); an import that Package.swift does not declare is one, too.
build: test-packages
	@swift build $(FLAGS) --build-tests --explicit-target-dependency-import-check error

demo-live: packages
	@swift build $(FLAGS) --product wardlight
	@scripts/demo-live $(SEED)

# Tries the HTTP API against its own description, for some minutes. A part of `test`, too.
schemathesis: build
	@program=$$(scripts/schemathesis) && SCHEMATHESIS=$$program scripts/test --filter 'schemathesis finds no fault'

# Where schemathesis cannot be installed, its one test is skipped, and says so.
test: build
	@scripts/snmpsim >/dev/null
	@SCHEMATHESIS=$$(scripts/schemathesis || true) scripts/test

lint: test-packages
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests \
	    $(wildcard Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources)

check: lint test

bench: test-packages
	@swift build $(FLAGS) --product wardlight
	@Benchmarks/run
	@Benchmarks/switches
	@Benchmarks/judging
	@Benchmarks/log
	@Benchmarks/fold
	@Benchmarks/serving
	@Benchmarks/restart

fuzz: packages
	@Fuzz/run $(SECONDS)

torture: build
	@WARDLIGHT_TORTURE=1 scripts/test --filter Torture
	@WARDLIGHT_KILLS=$(KILLS) scripts/test --filter 'A killed writer'
	@WARDLIGHT_SERVICE_KILLS=$(SERVICE_KILLS) scripts/test --filter 'A killed service'

seeds: build
	@scripts/seeds $(N)

package: packages
	@scripts/package
	@scripts/package-test .build/wardlight_*.deb

proto:
	@scripts/toolchain
	@scripts/proto
