package dev.muster.store;

import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The one database of the service, which is its only writer.
@Singleton
public class Database {
    private final Jdbi jdbi;

    /// SQLite has one writer at a time: waiting here is fair and never "database is locked".
    private final ReentrantLock writing = new ReentrantLock(true);

    public Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /// @throws dev.muster.fleet.Memory.MemoryException when the database can't be read
    <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw DatabaseProblem.of(e, "read");
        }
    }

    /// Runs in one transaction.
    ///
    /// @throws dev.muster.fleet.Memory.MemoryException when the database can't be written: nothing
    /// was
    <T> T write(Function<Handle, T> work) {
        writing.lock();
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw DatabaseProblem.of(e, "written");
        } finally {
            writing.unlock();
        }
    }
}
