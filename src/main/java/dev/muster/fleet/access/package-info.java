/// Who may ask a service for what: tokens that a person made for programs and agents, each with a
/// {@link dev.muster.fleet.access.TokenScope}.
///
/// Start at {@link dev.muster.fleet.access.AccessTokens}, where they are kept: never the token
/// itself, only its digest.
@NullMarked
package dev.muster.fleet.access;

import org.jspecify.annotations.NullMarked;
