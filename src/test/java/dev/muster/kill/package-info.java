/// The whole service, killed and brought back: nothing is lost, doubled or half made.
///
/// {@link dev.muster.kill.Killed} is the service as a process, {@link dev.muster.kill.World} its
/// hosts, and {@link dev.muster.kill.Truth} compares what the service says with what is there.
@NullMarked
package dev.muster.kill;

import org.jspecify.annotations.NullMarked;
