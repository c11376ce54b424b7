/// The real Claude Code against a model of the tests' own: start at {@link
/// dev.muster.claude.ClaudeLifeIT}. Nothing in here talks to anybody but this machine, but for the
/// one installation from npm.
@NullMarked
package dev.muster.claude;

import org.jspecify.annotations.NullMarked;
