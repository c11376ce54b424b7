package dev.muster.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database of its own for a test, with the real schema.
public final class TestDatabase implements AutoCloseable {
    private final SQLiteDataSource source;
    private final SqlMemory memory;
    private final SqlOutbox outbox;

    private TestDatabase(SQLiteDataSource source) {
        this.source = source;
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
        return new TestDatabase(source);
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

    @Override
    public void close() {
        // Connections of the driver's data source end with each use.
    }
}
