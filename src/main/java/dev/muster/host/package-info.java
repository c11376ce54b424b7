/// `hosts.yaml` as validated records.
///
/// Start at {@link dev.muster.host.HostsFile}, which reads one, and {@link dev.muster.host.Hosts},
/// what it says. Everything that exists as a record here is valid; all faults of a file come back
/// together as {@link dev.muster.host.Fault}s with line and column. `HostsKeys` is the
/// one table of keys that reading, messages and the schema go by. Never connects anywhere.
@NullMarked
package dev.muster.host;

import org.jspecify.annotations.NullMarked;
