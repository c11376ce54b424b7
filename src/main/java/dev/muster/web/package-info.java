/// The control service: boots Quarkus, and answers over HTTP what the fleet knows and does.
///
/// Start at {@link dev.muster.web.ServiceMain}, which boots it, and
/// {@link dev.muster.web.ServiceWiring}, which puts it together. Resources are small: they resolve
/// a name, call one action of `fleet`, and map the answer to `api`. Never decides what a session
/// is, and never talks to a host itself.
@NullMarked
package dev.muster.web;

import org.jspecify.annotations.NullMarked;
