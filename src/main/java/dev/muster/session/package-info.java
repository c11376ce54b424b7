/// What a session is: what was asked of it, what happened to it, and the state that follows.
///
/// Start at {@link dev.muster.session.Session}: `session.apply(event)` is a pure fold, so that the
/// same events give the same session however they were cut, repeated or delayed. Never talks to a
/// host.
@NullMarked
package dev.muster.session;

import org.jspecify.annotations.NullMarked;
