/// How to reach a host: over SSH (Apache MINA SSHD), or on this machine.
///
/// Start at {@link dev.muster.link.Link}: it runs scripts, keeps standing streams and opens
/// terminals; {@link dev.muster.link.Connector} opens one. It never interprets what a script
/// prints, and a failure to reach a host is never an answer of that host.
@NullMarked
package dev.muster.link;

import org.jspecify.annotations.NullMarked;
