# Two commands do everything on a fresh Debian 12 machine with the Swift toolchain:
#   make run    install what is missing, build, run the daemon on ./drop and ./digests, hand it the seed article
#   make test   install what is missing, build, run the tests
# Neither needs a configuration or a network beyond the package registries.

SWIFT ?= swift
PACKAGES = libcurl4-openssl-dev libsqlite3-dev libssl-dev pkg-config poppler-utils zlib1g-dev
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: all build run test packages lint layers check format install clean

all: build

packages:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then echo "installing$$missing"; \
	  $(SUDO) apt-get -o DPkg::Lock::Timeout=600 -qq update && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq -y --no-install-recommends install $$missing; fi

build: packages
	$(SWIFT) build -c release --static-swift-stdlib

run: build
	@mkdir -p drop digests state
	@(sleep 1; for file in seeds/*.txt; do cp "$$file" "drop/.$${file##*/}.part" && mv "drop/.$${file##*/}.part" "drop/$${file##*/}"; done; \
	  echo "handed over        $$(ls seeds | wc -l) seed article: watch digests/today.md") & \
	exec .build/release/copytaster run

test: packages
	$(SWIFT) test

layers:
	.ci/check-layers

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

format:
	$(SWIFT) format format -i -r Package.swift Sources Tests

check: layers lint test

PREFIX ?= /usr
DESTDIR ?=

install: build
	install -D -m 755 .build/release/copytasterd $(DESTDIR)$(PREFIX)/bin/copytasterd
	install -D -m 755 .build/release/copytaster $(DESTDIR)$(PREFIX)/bin/copytaster
	install -D -m 644 systemd/copytasterd.service $(DESTDIR)/usr/lib/systemd/system/copytasterd.service
	install -D -m 644 systemd/copytaster.sysusers $(DESTDIR)/usr/lib/sysusers.d/copytaster.conf
	install -D -m 644 systemd/copytaster.tmpfiles $(DESTDIR)/usr/lib/tmpfiles.d/copytaster.conf
	[ -e $(DESTDIR)/etc/copytaster/copytaster.yaml ] || \
	  install -D -m 644 Config/copytaster.yaml $(DESTDIR)/etc/copytaster/copytaster.yaml

clean:
	rm -rf .build .build-*
