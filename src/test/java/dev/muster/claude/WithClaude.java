package dev.muster.claude;

import dev.muster.testing.TestSshd;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// What every test of the real Claude Code needs: the program, an OpenSSH server to be had, and a
/// folder. Skips them with a reason where one can't be had.
abstract class WithClaude {
    static Path program = Path.of("");

    @TempDir Path folder;

    @BeforeAll
    static void needsTheRealThing() throws Exception {
        TestSshd.assumeInstalled();
        program = ClaudeProgram.find();
    }
}
