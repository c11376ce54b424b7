/// Text for a terminal: escaped, measured, laid out and coloured.
///
/// Start at {@link dev.muster.cli.text.Escape}, through which everything that came from a host must
/// pass, and {@link dev.muster.cli.text.Table}. Pure functions but for
/// {@link dev.muster.cli.text.Console}, which holds the two writers.
@NullMarked
package dev.muster.cli.text;

import org.jspecify.annotations.NullMarked;
