/// The service: REST, event streams, the terminal's WebSocket.
///
/// Start at {@link dev.muster.web.ServiceMain}.
@NullMarked
package dev.muster.web;

import org.jspecify.annotations.NullMarked;
