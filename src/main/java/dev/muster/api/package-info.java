/// The wire: records that the service's HTTP API sends and takes, shared by `web` and `cli`.
///
/// Start at {@link dev.muster.api.Board}. Plain data only: it imports nothing of Muster's, and
/// knows neither HTTP nor SSH. Names of JSON properties are the names of the record components;
/// times are ISO-8601 instants in UTC; an unknown value is `null`, never left out.
@NullMarked
package dev.muster.api;

import org.jspecify.annotations.NullMarked;
