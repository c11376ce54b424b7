# What to do with Muster: `make` lists it. Works with GNU make 3.81 (macOS) and newer.

SHELL = /bin/sh
PREFIX ?= $(HOME)/.local
DESTDIR ?=

# A JDK 25+ that has a compiler, wherever it lies; empty when there is none.
JDK := $(shell sh deploy/find-jdk.sh javac 2>/dev/null)
# Maven 3's own libraries use sun.misc.Unsafe, which JDK 24 and newer complain about. Not in
# .mvn/jvm.config: an older JDK would stop at the option, before it could be told that it is too old.
MVN = JAVA_HOME='$(JDK)' MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $$MAVEN_OPTS" mvn -B

.PHONY: help demo test test-long bench screenshots dev install uninstall format clean jar tools programs

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

# Without AOT caches: making them takes longer than the demo gains by them.
demo: target/muster.jar ## three hosts, three sessions, one board: the main job, in under three minutes
	@MUSTER_NO_TRAINING=1 deploy/muster demo

test: tools programs ## every test and every check: what CI runs
	$(MVN) verify

test-long: tools programs ## property tests with many tries (group "long")
	$(MVN) verify -Plong

# Not `verify`, which would build the jar anew, and its AOT caches would not fit it any more.
bench: jar programs ## measures the launcher, the service and the page on real hosts, prints a table: 6 minutes
	$(MVN) -q test -Pbench -Dquick -Dtest=MusterBench

# All else is content with Maven 3.8.7; Quarkus's reloading is not.
dev: tools ## the service, reloaded when its sources change (Maven 3.9 or newer)
	@version=$$($(MVN) -v | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'); case $$version in \
	    3.[0-8].*) \
	        echo "make: reloading needs Maven 3.9 or newer, and this is $$version." >&2; \
	        echo "Get one from https://maven.apache.org, or run \`deploy/muster serve\` again after \`make jar\`." >&2; \
	        exit 1 ;; \
	esac
	$(MVN) quarkus:dev -Dquick -Dquarkus.args=serve

screenshots: jar programs ## takes the README's pictures anew, from a real service
	$(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dquick -DskipITs=false \
	    -DargLine= -Dit.test=DashboardIT -Dscenario=screenshots -Dscreenshots.update

format: tools ## formats the sources as the build wants them
	$(MVN) -q spotless:apply

clean: ## removes what was built
	rm -rf target

# The jar and its AOT caches, made again when a source is newer.
jar: target/training.log

SOURCES := $(shell find pom.xml src/main src/build -name node_modules -prune -o -name dist -prune \
    -o -name e2e -prune -o -name screenshots -prune \
    -o -type f -print 2>/dev/null | sed 's/ /\\ /g')

target/muster.jar: $(SOURCES)
	@$(MAKE) -s tools
	$(MVN) -q package -Dquick -Dmaven.test.skip=true
	@touch target/muster.jar

target/training.log: target/muster.jar
	@sh deploy/train-aot.sh >$@ 2>&1 || \
	    echo "make: no AOT cache for the service, it will start slower; see target/training.log" >&2

# --- Installing: PREFIX/share/muster holds everything, PREFIX/bin/muster is a link into it.

LIB = $(DESTDIR)$(PREFIX)/share/muster
BASH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISH_COMPLETIONS = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

install: target/muster.jar ## puts muster and its completions under PREFIX (~/.local)
	@mkdir -p '$(LIB)' '$(DESTDIR)$(PREFIX)/bin' \
	    '$(BASH_COMPLETIONS)' '$(ZSH_COMPLETIONS)' '$(FISH_COMPLETIONS)'
	@rm -f '$(LIB)'/muster-*.aot '$(LIB)'/muster-*.aot.for
	@# A new file each: a service that runs keeps reading the one it has open.
	@for file in target/muster.jar target/muster-commands.jar deploy/muster deploy/find-jdk.sh deploy/train-aot.sh; do \
	    name=$${file##*/}; \
	    cp "$$file" "$(LIB)/$$name.new" && mv -f "$(LIB)/$$name.new" "$(LIB)/$$name" || exit 1; \
	done
	@cksum <target/muster.jar >'$(LIB)/muster.jar.id'
	@ln -sf ../share/muster/muster '$(DESTDIR)$(PREFIX)/bin/muster'
	@sh '$(LIB)/train-aot.sh' >target/training.log 2>&1 || \
	    echo "make: no AOT cache for the service, it will start slower; see target/training.log" >&2
	@for shell in bash:'$(BASH_COMPLETIONS)/muster' zsh:'$(ZSH_COMPLETIONS)/_muster' \
	    fish:'$(FISH_COMPLETIONS)/muster.fish'; do \
	    file=$${shell#*:}; \
	    MUSTER_NO_TRAINING=1 '$(LIB)/muster' completion "$${shell%%:*}" >"$$file.new" && \
	        mv -f "$$file.new" "$$file" || { rm -f "$$file.new"; exit 1; }; \
	done
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/muster"
	@case ":$$PATH:" in \
	    *":$(PREFIX)/bin:"*) ;; \
	    *) echo "$(PREFIX)/bin is not on your PATH: add it to use \`muster\` by name." ;; \
	esac
	@echo "zsh finds the completion once $(PREFIX)/share/zsh/site-functions is in its fpath."

uninstall: ## takes away what `make install` put there
	@rm -rf '$(LIB)'
	@rm -f '$(DESTDIR)$(PREFIX)/bin/muster' '$(BASH_COMPLETIONS)/muster' \
	    '$(ZSH_COMPLETIONS)/_muster' '$(FISH_COMPLETIONS)/muster.fish'
	@echo "Removed Muster from $(DESTDIR)$(PREFIX). Its data stays in ~/.config/muster and ~/.local/share/muster."

# --- What has to be there.

tools:
	@test -n '$(JDK)' || sh deploy/find-jdk.sh javac
	@command -v mvn >/dev/null || { \
	    echo "make: Maven 3.8.7 or newer is needed and \`mvn\` was not found." >&2; \
	    echo "Get it with \`apt install maven\`, \`brew install maven\` or from https://maven.apache.org." >&2; \
	    exit 1; }

programs:
	@sh deploy/test-programs.sh
