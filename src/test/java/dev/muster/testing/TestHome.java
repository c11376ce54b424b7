package dev.muster.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A HOME of a test's own: empty, so that no rc file of the person who runs the tests is read.
public record TestHome(Path path) {

    /// Makes a folder of any name below `parent`: blanks, quotes, `$`, newlines and non-ASCII are
    /// welcome.
    public static TestHome in(Path parent, String name) throws IOException {
        return new TestHome(Files.createDirectories(parent.resolve(name)));
    }

    /// Writes the rc file that this shell reads for `SHELL -c`.
    public TestHome rc(LoginShell shell, String text) throws IOException {
        return file(shell.rcFile(), text);
    }

    /// Writes a file below the home.
    public TestHome file(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
