/// A session's terminal over a WebSocket: bytes both ways, as fast as the slower side takes them.
///
/// Start at {@link dev.muster.web.terminal.TerminalRoute}.
@NullMarked
package dev.muster.web.terminal;

import org.jspecify.annotations.NullMarked;
