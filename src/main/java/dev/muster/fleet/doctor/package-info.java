/// What a session needs on a host: decides and words it, from what the host and the link said.
///
/// Start at {@link dev.muster.fleet.doctor.Examination}. Pure: asking is done by
/// {@link dev.muster.fleet.Doctor}, and a probe that failed comes in here as a value. Never calls
/// something missing that could not be asked.
@NullMarked
package dev.muster.fleet.doctor;

import org.jspecify.annotations.NullMarked;
