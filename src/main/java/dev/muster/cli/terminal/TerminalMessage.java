package dev.muster.cli.terminal;

import dev.muster.api.Problem;
import org.jspecify.annotations.Nullable;

/// What the service says in a text frame: how it ended. Bytes of the screen are binary frames.
record TerminalMessage(@Nullable Integer exit, @Nullable Problem problem) {}
