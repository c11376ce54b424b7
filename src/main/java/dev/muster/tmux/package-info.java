/// tmux commands and their parsed answers.
///
/// Start at {@link dev.muster.tmux.HubNews}: what the standing channel of its server tells.
/// Muster's tmux server is its own, on its own socket; pure parsing and wording, no I/O.
@NullMarked
package dev.muster.tmux;

import org.jspecify.annotations.NullMarked;
