package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {
    @TempDir Path dir;
    private final List<String> done = new ArrayList<>();
    private DemoFolder folder;
    private Undo undo;

    @BeforeEach
    void make() throws IOException {
        folder = DemoFolder.in(dir);
        undo = new Undo(folder);
    }

    @Test
    void endsWhatWasMadeLastFirstAndRemovesTheFolder() throws Exception {
        Files.writeString(folder.root().resolve("file"), "text");
        undo.add(() -> done.add("server"));
        undo.add(() -> done.add("service"));

        undo.run();

        assertThat(done).containsExactly("service", "server");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void goesOnWhereOneStepFailsAndTellsOfIt() throws Exception {
        undo.add(() -> done.add("server"));
        undo.add(
                () -> {
                    throw new IOException("the service does not end");
                });

        assertThatThrownBy(undo::run).hasMessage("the service does not end");

        assertThat(done).containsExactly("server");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void undoesAtOnceWhatIsMadeAfterTheEnd() throws Exception {
        undo.run();

        assertThatThrownBy(() -> undo.add(() -> done.add("late"))).isInstanceOf(IOException.class);

        assertThat(done).containsExactly("late");
    }

    @Test
    void leavesTheFolderWhereItIsToBeKept() throws Exception {
        undo.keepFolder();
        undo.run();

        assertThat(folder.root()).isDirectory();
    }

    @Test
    void neverFollowsALinkOutOfTheFolder() throws Exception {
        Path precious = Files.writeString(dir.resolve("precious"), "text");
        Files.createSymbolicLink(folder.root().resolve("link"), precious);
        Files.createSymbolicLink(folder.root().resolve("up"), dir);

        undo.run();

        assertThat(precious).exists();
        assertThat(folder.root()).doesNotExist();
    }
}
