package dev.muster.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database of its own for a test, with the real schema.
public final class TestDatabase implements AutoCloseable {
    private final SqlMemory memory;

    private TestDatabase(SqlMemory memory) {
        this.memory = memory;
    }

    public static TestDatabase sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Flyway.configure().dataSource(source).load().migrate();
        return new TestDatabase(new SqlMemory(new Database(source)));
    }

    public SqlMemory memory() {
        return memory;
    }

    @Override
    public void close() {
        // Connections of the driver's data source end with each use.
    }
}
