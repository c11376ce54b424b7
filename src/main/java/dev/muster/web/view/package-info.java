/// Domain to wire: rows, timelines, problems, and what a name or a filter means. Pure.
///
/// Start at {@link dev.muster.web.view.Picture}, the board as a client sees it.
@NullMarked
package dev.muster.web.view;

import org.jspecify.annotations.NullMarked;
