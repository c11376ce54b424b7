/// How fast Muster is, measured on the real thing: the launcher and the service as processes, real
/// OpenSSH servers on loopback, real tmux and git. {@link MusterBench} is what `make bench` runs;
/// it prints a table and passes or fails nothing.
@NullMarked
package dev.muster.bench;

import org.jspecify.annotations.NullMarked;
