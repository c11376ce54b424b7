package dev.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system of its own that a test can fill. Only root can make one: elsewhere the test is
/// skipped.
public final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    public static SmallDisk at(Path folder, String size) throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "a small file system to fill can be mounted by root only");
        Path path = Files.createDirectories(folder);
        int status = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
        assumeTrue(status == 0, "no tmpfs can be mounted here");
        return new SmallDisk(path);
    }

    public Path path() {
        return path;
    }

    /// Writes until so many bytes are left; room is made again by {@link #empty}.
    public void fill(int left) throws IOException {
        Path spare = path.resolve("spare");
        Files.write(spare, new byte[left]);
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(path.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
        Files.delete(spare);
    }

    public void empty() throws IOException {
        Files.deleteIfExists(path.resolve("filler"));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", path.toString());
    }
}
