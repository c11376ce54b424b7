/// Every host at once: links, watchers, and the one board.
///
/// Start at {@link dev.muster.fleet.Fleet}. A {@link dev.muster.fleet.HostKeeper} stands by each
/// host and writes what it learns into its {@link dev.muster.fleet.HostLedger}: memory first, then
/// the board. One host's failure is data on its row; it never delays another host.
@NullMarked
package dev.muster.fleet;

import org.jspecify.annotations.NullMarked;
