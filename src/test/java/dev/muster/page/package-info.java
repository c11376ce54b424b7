/// The page in a real browser: a service from the packaged jar, real OpenSSH hosts, scripted
/// agents. What the browser does stands in `src/main/webui/e2e`, a file for each scenario.
///
/// Start at {@link dev.muster.page.DashboardIT}.
@NullMarked
package dev.muster.page;

import org.jspecify.annotations.NullMarked;
