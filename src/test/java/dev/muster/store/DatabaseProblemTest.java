package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.fleet.Memory.MemoryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseProblemTest {
    @TempDir Path folder;

    @Test
    void saysThatItIsReadOnlyAndWhatToDo() {
        try (TestDatabase database = TestDatabase.sqlite(file())) {
            database.readOnly(true);
            assertThat(problem(database))
                    .hasMessage("the database could not be written: it is read-only")
                    .satisfies(e -> assertThat(e.fix()).contains("writable"));
        }
    }

    @Test
    void saysThatItIsLockedAndByWhom() throws Exception {
        try (TestDatabase database = TestDatabase.sqlite(file());
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            database.patience(50);
            statement.execute("BEGIN EXCLUSIVE");
            assertThat(problem(database))
                    .hasMessageContaining("another program holds it locked")
                    .satisfies(e -> assertThat(e.fix()).contains("close what has"));
        }
    }

    @Test
    void saysThatItIsDamaged() throws Exception {
        try (TestDatabase database = TestDatabase.sqlite(file())) {
            Files.writeString(file(), "not a database, and longer than a header".repeat(100));
            Files.deleteIfExists(folder.resolve("muster.db-wal"));
            assertThat(problem(database))
                    .hasMessageContaining("it is damaged")
                    .satisfies(e -> assertThat(e.fix()).contains("found again"));
        }
    }

    private Path file() {
        return folder.resolve("muster.db");
    }

    private static MemoryException problem(TestDatabase database) {
        MemoryException[] seen = new MemoryException[1];
        assertThatThrownBy(() -> database.memory().heard("dev-1", Instant.EPOCH))
                .isInstanceOfSatisfying(MemoryException.class, e -> seen[0] = e);
        return seen[0];
    }
}
