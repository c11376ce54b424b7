/// Server-sent events: each subscriber is one virtual thread that sends the newest state whenever
/// its client has taken what came before.
///
/// Start at {@link dev.muster.web.stream.Streams}. Nothing is queued for a client that does not
/// read.
@NullMarked
package dev.muster.web.stream;

import org.jspecify.annotations.NullMarked;
