/// The user's own terminal: raw mode, and a session's terminal carried into it.
///
/// Start at {@link dev.muster.cli.terminal.RemoteTerminal}. Whatever happens, the terminal is left
/// as it was found.
@NullMarked
package dev.muster.cli.terminal;

import org.jspecify.annotations.NullMarked;
