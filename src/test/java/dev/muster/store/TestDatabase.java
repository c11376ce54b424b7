package dev.muster.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database of its own for a test, with the real schema.
public final class TestDatabase implements AutoCloseable {
    private final SQLiteDataSource source;

    /// Does nothing but stay open, as the service's pool does. The last connection that ends folds
    /// the write-ahead log into the database and waits for the disk: with none that stays, every
    /// single read and write would be the last.
    private final Connection open;

    private final SqlMemory memory;
    private final SqlOutbox outbox;

    private final Path file;

    private TestDatabase(Path file, SQLiteDataSource source) throws SQLException {
        this.file = file;
        this.source = source;
        this.open = source.getConnection();
        Database database = new Database(source);
        this.memory = new SqlMemory(database);
        this.outbox = new SqlOutbox(database);
    }

    public static TestDatabase sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Flyway.configure().dataSource(source).load().migrate();
        try {
            return new TestDatabase(file, source);
        } catch (SQLException e) {
            throw new IllegalStateException("no database in " + file, e);
        }
    }

    public SqlMemory memory() {
        return memory;
    }

    public SqlOutbox outbox() {
        return outbox;
    }

    /// How long a locked database is waited for.
    public void patience(int millis) {
        source.getConfig().setBusyTimeout(millis);
    }

    /// Each use opens it anew: from now on so that it can be written or not.
    public void readOnly(boolean so) {
        source.setReadOnly(so);
    }

    /// Whoever comes later finds no database, and makes none in a folder that is being deleted.
    @Override
    public void close() {
        source.setUrl("jdbc:sqlite:" + file.resolveSibling("closed").resolve("muster.db"));
        try {
            open.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
