/// The command line: a thin client of the service, over HTTP.
///
/// Start at {@link dev.muster.cli.Cli}; each command is a class of its own named after it. Never
/// boots Quarkus, opens SSH or reads the database; what came from a host passes
/// {@link dev.muster.cli.text.Escape} before it is printed.
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
