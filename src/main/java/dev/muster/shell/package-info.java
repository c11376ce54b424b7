/// Quoting for POSIX shells and the host scripts: what Muster sends to a host to be run there.
///
/// Start at {@link dev.muster.shell.Script}. The scripts are `.sh` files under
/// `src/main/resources/scripts`. No I/O but reading those; knows nothing of connections.
@NullMarked
package dev.muster.shell;

import org.jspecify.annotations.NullMarked;
