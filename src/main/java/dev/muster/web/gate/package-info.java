/// Who may ask: every request passes {@link dev.muster.web.gate.Gate} before anything else sees it.
///
/// {@link dev.muster.web.gate.RequestCheck} decides, without I/O.
@NullMarked
package dev.muster.web.gate;

import org.jspecify.annotations.NullMarked;
