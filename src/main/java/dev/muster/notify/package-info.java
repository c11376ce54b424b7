/// Watches the board and tells people what needs them: on the desktop, by webhook, Slack or ntfy.
///
/// Start at {@link dev.muster.notify.Notifier}. What is worth a word is decided from the board
/// alone ({@link dev.muster.notify.Sight}); each target hears of each thing once, since what it was
/// told is written down with what is still to be sent. Never blocks what it watches.
@NullMarked
package dev.muster.notify;

import org.jspecify.annotations.NullMarked;
