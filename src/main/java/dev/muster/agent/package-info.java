/// Which agents exist, and how each is launched and read.
///
/// Start at {@link dev.muster.agent.Agent}: one class for each kind of agent. A new agent is one
/// class here, its name in {@link dev.muster.agent.Agents}, and one test class. Never talks to a
/// host: it says what to run, and what the agent's own words mean.
@NullMarked
package dev.muster.agent;

import org.jspecify.annotations.NullMarked;
