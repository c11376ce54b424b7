/// The database: implements the repositories that other packages declare; nobody imports it.
///
/// Start at {@link dev.muster.store.SqlMemory}. Plain SQL through Jdbi that SQLite and PostgreSQL
/// both understand; the schema is under `db/migration`.
@NullMarked
package dev.muster.store;

import org.jspecify.annotations.NullMarked;
