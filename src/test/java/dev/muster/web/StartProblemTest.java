package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.store.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartProblemTest {
    @TempDir Path folder;

    @Test
    void saysWhatToDoWithTheDatabaseOfAnotherVersion() throws Exception {
        Path file = folder.resolve("muster.db");
        TestDatabase.sqlite(file).close();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");
        }
        Throwable failure = catchThrowable(() -> TestDatabase.sqlite(file).close());
        assertThat(StartProblem.sentence(new RuntimeException(failure), file))
                .contains(file.toString(), "another version of Muster", "move it away");
    }

    @Test
    void saysTheRootOfAnythingElse() {
        Throwable failure = new RuntimeException("outer", new IllegalStateException("no room"));
        assertThat(StartProblem.sentence(failure, folder)).endsWith("did not start: no room");
    }
}
