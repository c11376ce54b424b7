/// Muster for agents: the tools at `/mcp`, by which one agent can run and watch others.
///
/// Start at {@link dev.muster.web.mcp.Tools}, which lists them, and
/// {@link dev.muster.web.mcp.ToolServer}, which offers each to those whose token allows it. A tool
/// asks the same resources as the HTTP API does, so that checks and audit are the same. What it
/// answers is cut to what an agent can read at once, and what came from hosts is marked as data.
@NullMarked
package dev.muster.web.mcp;

import org.jspecify.annotations.NullMarked;
