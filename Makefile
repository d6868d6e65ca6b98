# SPDX-License-Identifier: GPL-2.0-only
# make [SANITIZE=1] [BUILD=folder] [CC=clang]; targets: all tests check check-mounted bench fuzz install
# format lint clean. mount-scripts/packages says and installs what is needed.
VERSION := 0.1.0

BUILD ?= $(if $(SANITIZE),build-asan,build)
# Dependencies that the compilers wrote down name it by the same path, wherever it was called from.
override BUILD := $(abspath $(BUILD))
PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= clang
STRIP_BPF ?= llvm-strip
PKG_CONFIG ?= pkg-config

MODULES := fuse3 libbpf nettle
ifeq ($(filter clean format,$(MAKECMDGOALS)),)
ifneq ($(shell $(PKG_CONFIG) --exists $(MODULES) && command -v $(firstword $(CC)) >/dev/null && \
	command -v $(firstword $(CLANG)) >/dev/null && command -v $(STRIP_BPF) >/dev/null && echo yes),yes)
$(error packages are missing: run `mount-scripts/packages build` to install them)
endif
endif

# A BPF program includes the headers of the machine's own kernel interface: <asm/types.h> is there.
BPF_ARCH := $(patsubst aarch64,arm64,$(patsubst x86_64,x86,$(shell uname -m)))
MACHINE := $(shell uname -m)
MACHINE_FOLDER := $(MACHINE)-linux-gnu

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wno-missing-field-initializers -Werror
override CPPFLAGS += -D_GNU_SOURCE -DBPFVIEW_VERSION='"$(VERSION)"' \
	-DMACHINE='"$(MACHINE)"' -DMACHINE_FOLDER='"$(MACHINE_FOLDER)"' -DBPF_ARCH='"$(BPF_ARCH)"' \
	-Iinclude -Ifs \
	$(shell $(PKG_CONFIG) --cflags $(MODULES))
CFLAGS ?= -O2 -g
override CFLAGS += -std=gnu11 $(WARNINGS) -fPIE -pthread
override LDFLAGS += -pie -Wl,-z,relro,-z,now
LDLIBS := $(shell $(PKG_CONFIG) --libs $(MODULES)) -lelf -lz
ifdef SANITIZE
override CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
else
override CFLAGS += -fstack-protector-strong
override CPPFLAGS += -D_FORTIFY_SOURCE=2
endif

BPF_CFLAGS := -O2 -g -target bpf -mcpu=v3 -D__TARGET_ARCH_$(BPF_ARCH) -Wall -Wextra -Werror \
	-Iinclude -idirafter /usr/include/$(MACHINE_FOLDER)

LIBRARY := $(BUILD)/libbpfview.a
LIBRARY_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out fs/main.c,$(wildcard fs/*.c))) \
	$(BUILD)/objects.o
# What users write their programs with: this project's headers, and libbpf's beside them.
VIEW_HEADERS := $(sort $(wildcard include/bpfview/*.h))
LIBBPF_HEADERS := $(patsubst %,$(shell $(PKG_CONFIG) --variable=includedir libbpf)/bpf/%, \
	bpf_core_read.h bpf_endian.h bpf_helper_defs.h bpf_helpers.h bpf_tracing.h)
VIEWS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard bpf/*.bpf.c))
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/%, \
	$(filter-out %.bpf.c,$(wildcard tests/tools/*.c)))
TOOL_OBJECTS := $(patsubst tests/tools/%.c,$(BUILD)/tests/%.o,$(wildcard tests/tools/*.bpf.c))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%, \
	$(filter-out %.bpf.c,$(wildcard tests/bench/*.c)))
BENCH_OBJECTS := $(patsubst tests/bench/%.c,$(BUILD)/bench/%.o,$(wildcard tests/bench/*.bpf.c))

.PHONY: all tests benches check check-mounted bench fuzz install format lint tidy clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/bpfview $(BUILD)/bpfview.8

tests: all $(UNIT_TESTS) $(TOOLS) $(TOOL_OBJECTS)

# tests/run builds as well, so that it can be run by itself.
check:
	+BUILD=$(BUILD) tests/run unit

check-mounted:
	+BUILD=$(BUILD) tests/run mounted

benches: all $(BENCHES) $(BENCH_OBJECTS)

bench: tests benches
	BUILD=$(BUILD) tests/bench/run

fuzz:
	BUILD=$(BUILD) tests/fuzz/run

$(BUILD)/bpfview: $(BUILD)/fs/main.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The daemon itself lists the tables.
$(BUILD)/bpfview.8: $(BUILD)/bpfview mount-scripts/bpfview.8.in mount-scripts/manual.awk
	$< --tables >$@.tables
	awk -f mount-scripts/manual.awk $@.tables mount-scripts/bpfview.8.in >$@

$(LIBRARY): $(LIBRARY_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/fs/main.o: Makefile

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# write_list PREFIX, SUFFIX, FILES: a line a file, by its name between them. Written anew only when a
# file comes or goes, so that nothing is built for nothing.
define write_list
@mkdir -p $(@D)
@{ $(foreach file,$(3),echo 'object "$(1)$(patsubst %$(2),%,$(notdir $(file)))", "$(file)"';) :; } >>$@.new
endef
define end_list
@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
endef

$(BUILD)/objects.list: FORCE
	@rm -f $@.new
	$(call write_list,,.bpf.o,$(sort $(VIEWS)))
	$(end_list)

$(BUILD)/headers.list: FORCE
	@rm -f $@.new
	$(call write_list,bpf/,,$(LIBBPF_HEADERS))
	$(call write_list,bpfview/,,$(VIEW_HEADERS))
	$(end_list)

$(BUILD)/objects.o: fs/objects.S $(BUILD)/objects.list $(BUILD)/headers.list $(VIEWS) $(VIEW_HEADERS)
	$(CC) -Wa,-I$(BUILD) -c -o $@ $<

define compile_bpf
@mkdir -p $(@D)
$(CLANG) $(BPF_CFLAGS) -MMD -MP -MF $(@:.o=.d) -MT $@ -c -o $@ $<
$(STRIP_BPF) -g $@
endef

$(BUILD)/bpf/%.bpf.o: bpf/%.bpf.c
	$(compile_bpf)

$(BUILD)/tests/%.bpf.o: tests/tools/%.bpf.c
	$(compile_bpf)

$(BUILD)/bench/%.bpf.o: tests/bench/%.bpf.c
	$(compile_bpf)

$(BUILD)/tests/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(LIBRARY) \
		$(shell $(PKG_CONFIG) --cflags --libs check) $(LDLIBS)

# Tools have nothing of the daemon but those that read as it does.
$(BUILD)/tests/odd_iterators: $(LIBRARY)

# What makes thousands of threads is not what is tested, and takes minutes with the sanitizers.
$(BUILD)/tests/many_%: override CFLAGS += -fno-sanitize=all

$(BUILD)/tests/%: tests/tools/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(filter $(LIBRARY),$^) \
		$(LDLIBS)

$(BUILD)/bench/%: tests/bench/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

install: all
	mount-scripts/install '$(DESTDIR)' '$(PREFIX)' '$(BUILD)' '$(VERSION)'

format:
	clang-format -i $(wildcard fs/*.[ch] bpf/*.[ch] include/bpfview/*.h tests/*/*.[ch])

lint:
	tests/lint

# clang-tidy, file by file, for tests/lint: a file is looked at again when any source has changed
# that it may include.
tidy: $(patsubst %,$(BUILD)/%.tidy,$(wildcard fs/*.c bpf/*.bpf.c tests/*/*.c))

HEADERS := $(wildcard fs/*.h bpf/*.h include/bpfview/*.h tests/*/*.h)

$(BUILD)/%.bpf.c.tidy: %.bpf.c $(HEADERS) .clang-tidy
	@mkdir -p $(@D)
	clang-tidy --quiet $< -- $(BPF_CFLAGS)
	@touch $@

$(BUILD)/%.c.tidy: %.c $(HEADERS) .clang-tidy
	@mkdir -p $(@D)
	clang-tidy --quiet $< -- $(CPPFLAGS) $(CFLAGS)
	@touch $@

clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
