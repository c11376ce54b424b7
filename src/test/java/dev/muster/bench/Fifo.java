package dev.muster.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A named pipe between the benchmark and an agent: whoever waits at its end is woken at once.
record Fifo(Path path, RandomAccessFile file) implements AutoCloseable {

    static Fifo make(Path path) throws IOException, InterruptedException {
        BenchHost.run(new ProcessBuilder("mkfifo", "-m", "600", path.toString()).inheritIO());
        // For reading and writing: opening it waits for nobody, and it never ends.
        return new Fifo(path, new RandomAccessFile(path.toFile(), "rw"));
    }

    void say(String line) throws IOException {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Waits for a line.
    String hear() throws IOException {
        return file.readLine();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
