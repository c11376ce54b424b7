/// What other tests stand on: real OpenSSH servers with a HOME and a login shell of the test's
/// choice, servers that misbehave, and links that never read the user's own `~/.ssh`.
///
/// Start at {@link dev.muster.testing.TestSshd} and {@link dev.muster.testing.TestClient}.
@NullMarked
package dev.muster.testing;

import org.jspecify.annotations.NullMarked;
