/// Muster: coding-agent sessions on many machines, in one place.
///
/// Start at {@link dev.muster.Main}. Packages import each other in one direction only;
/// `ArchitectureTest` holds the list.
@NullMarked
package dev.muster;

import org.jspecify.annotations.NullMarked;
