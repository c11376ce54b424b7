/// The demo's world: three hosts on this machine, two of them reached over real SSH, each with a
/// home, a small git repository and an agent that needs no model; and the service that reads them.
///
/// Start at {@link dev.muster.demo.Demo}. All of it lies in one temporary folder and is gone when
/// the demo ends. It never reads or writes what is the user's, and ends no process that it did not
/// start.
@NullMarked
package dev.muster.demo;

import org.jspecify.annotations.NullMarked;
