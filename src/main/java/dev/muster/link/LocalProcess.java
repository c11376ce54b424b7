package dev.muster.link;

import dev.muster.shell.Wire;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// {@link Wire#COMMAND} as a process of this machine.
///
/// In a session of its own where `setsid` is there (util-linux, busybox), so that a Ctrl-C meant
/// for the service does not reach it, and what it leaves behind can be ended as a group. What made
/// itself a daemon, as tmux's server does, is in another session and stays.
final class LocalProcess implements StandingStream {
    private static final long GRACE_MILLIS = 2_000;
    private static final Optional<String> SETSID =
            List.of("/usr/bin/setsid", "/bin/setsid").stream()
                    .filter(path -> Files.isExecutable(Path.of(path)))
                    .findFirst();

    private final Process process;
    private final EndNoting out;
    private final EndNoting err;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalProcess(Process process) {
        this.process = process;
        this.out = new EndNoting(process.getInputStream());
        this.err = new EndNoting(process.getErrorStream());
    }

    /// @param home `HOME` and working directory
    /// @throws IOException when there is no `/bin/sh` or no such folder
    static LocalProcess start(Path home) throws IOException {
        List<String> command = new ArrayList<>();
        SETSID.ifPresent(command::add);
        command.addAll(List.of("/bin/sh", "-c", Wire.COMMAND));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        // The service may run inside a tmux of the user's: scripts must not take that one for
        // theirs.
        builder.environment().keySet().removeAll(Set.of("TMUX", "TMUX_PANE"));
        return new LocalProcess(builder.start());
    }

    @Override
    public InputStream out() {
        return out;
    }

    @Override
    public InputStream err() {
        return err;
    }

    @Override
    public OutputStream in() {
        return process.getOutputStream();
    }

    @Override
    public CompletionStage<Integer> exited() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// After a whole answer only tidies up. Else ends the script as a lost connection would, by
    /// end of input and a closed pipe, and what does not heed that within two seconds by SIGKILL.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        quietly(process.getOutputStream());
        if (process.isAlive() || !out.ended || !err.ended) {
            List<ProcessHandle> tree = process.descendants().toList();
            quietly(out);
            quietly(err);
            Thread.startVirtualThread(() -> end(tree));
        }
    }

    private void end(List<ProcessHandle> tree) {
        try {
            process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        tree.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (SETSID.isPresent()) {
            killGroup(process.pid());
        }
    }

    /// Java has no call for this; `kill` is a builtin of every sh.
    private static void killGroup(long leader) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + leader)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException _) {
            // Nothing more can be done: the group stays until it ends by itself.
            return;
        }
    }

    private static void quietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // A pipe whose reader has gone: that is what closing is for.
            return;
        }
    }

    /// Knows whether the end was seen: until then something may still hold the pipe.
    private static final class EndNoting extends FilterInputStream {
        private volatile boolean ended;

        EndNoting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            ended |= b < 0;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            ended |= n < 0;
            return n;
        }
    }
}
