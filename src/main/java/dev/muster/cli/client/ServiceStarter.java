package dev.muster.cli.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts a service in the background, as adb, gradle and mvnd do.
///
/// Commands that start at the same moment agree by a lock on a file: one starts the service, the
/// others wait and find it. Were the lock ever lost, the service's port would still decide.
///
/// @param command what runs a service, without a shell
/// @param data the folder for the lock and for the service's output
/// @param patience how long a service may take until it answers
public record ServiceStarter(List<String> command, Path data, Duration patience) {
    private static final long POLL_MILLIS = 20;
    private static final int TAIL_LINES = 15;

    /// What `serve` exits with when the port or the data are another service's.
    private static final int TAKEN = 7;

    /// In a session of its own, so that neither Ctrl-C nor a closing terminal reaches the service;
    /// where there is no `setsid` (macOS), with these signals ignored, which the JVM respects.
    private static final String DETACH =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
                    + " trap '' INT HUP QUIT; exec \"$@\"";

    /// Starts one and waits until it answers; does nothing when one answers already.
    ///
    /// @param answers whether a service answers now
    /// @param announce is told once, before one is started
    /// @throws IOException saying why none came up, with the end of its output
    public void start(BooleanSupplier answers, Runnable announce)
            throws IOException, InterruptedException {
        Files.createDirectories(data);
        long deadline = System.nanoTime() + patience.toNanos();
        try (FileChannel file =
                        FileChannel.open(
                                data.resolve("service.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = lock(file, answers, deadline)) {
            if (answers.getAsBoolean()) {
                return;
            }
            announce.run();
            await(launch(), answers, deadline);
        }
    }

    /// The lock, or null when the one who holds it has brought a service up meanwhile.
    private @Nullable FileLock lock(FileChannel file, BooleanSupplier answers, long deadline)
            throws IOException, InterruptedException {
        while (true) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Held by another thread of this process: the same as by another process.
            }
            if (answers.getAsBoolean()) {
                return null;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "Another command has been starting the service for "
                                + patience.toSeconds()
                                + " s without success; its output is in "
                                + log());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Process launch() throws IOException {
        Path log = log();
        Files.deleteIfExists(log);
        Files.createFile(
                log,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> line = new ArrayList<>(List.of("sh", "-c", DETACH, "sh"));
        line.addAll(command);
        return new ProcessBuilder(line)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                // Not the caller's: a folder that goes away must not take the service with it.
                .directory(data.toFile())
                .start();
    }

    private void await(Process service, BooleanSupplier answers, long deadline)
            throws IOException, InterruptedException {
        while (!answers.getAsBoolean()) {
            boolean ended = service.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            // One that finds another in its place ends, while that one may be still starting.
            if (ended && service.exitValue() == TAKEN) {
                Thread.sleep(POLL_MILLIS);
            } else if (ended && !answers.getAsBoolean()) {
                throw new IOException(
                        "The service ended with status " + service.exitValue() + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "The service (process "
                                + service.pid()
                                + ") did not answer within "
                                + patience.toSeconds()
                                + " s"
                                + tail());
            }
        }
    }

    private Path log() {
        return data.resolve("service.out");
    }

    private String tail() {
        try (Stream<String> lines = Files.lines(log())) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - TAIL_LINES), all.size());
            return last.isEmpty()
                    ? " and wrote nothing to " + log()
                    : "; the end of " + log() + ":\n" + String.join("\n", last);
        } catch (IOException | java.io.UncheckedIOException e) {
            return "; its output in " + log() + " can't be read: " + e.getMessage();
        }
    }
}
