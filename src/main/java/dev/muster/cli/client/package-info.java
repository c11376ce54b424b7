/// How the command line talks to the service: HTTP, JSON, event streams, and starting one.
///
/// Start at {@link dev.muster.cli.client.ServiceClient}. It prints nothing and decides no exit
/// code.
@NullMarked
package dev.muster.cli.client;

import org.jspecify.annotations.NullMarked;
