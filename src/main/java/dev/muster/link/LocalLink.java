package dev.muster.link;

import dev.muster.link.LinkFailure.Offline;
import dev.muster.shell.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// This machine as a host, as the user that the service runs as.
final class LocalLink implements Link {
    private final String host;
    private final Path home;
    private final LinkTimings timings;
    private final ScriptRunner runner;
    private final ExecPool pool;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<LinkFailure> closed = new CompletableFuture<>();

    LocalLink(String host, Path home, LinkTimings timings) {
        this.host = host;
        this.home = home;
        this.timings = timings;
        this.runner = new ScriptRunner(host);
        this.pool = new ExecPool(host);
    }

    @Override
    public RunResult run(Script script, Duration timeout)
            throws LinkException, InterruptedException {
        return pool.run(
                script.name(),
                timeout,
                left -> {
                    LocalProcess process = start(script.name());
                    try {
                        return runner.run(process, script, left);
                    } finally {
                        open.remove(process);
                    }
                });
    }

    @Override
    public StandingStream open(Script script) throws LinkException, InterruptedException {
        LocalProcess process = start(script.name());
        process.exited().thenRun(() -> open.remove(process));
        return runner.open(process, script, timings.open());
    }

    private LocalProcess start(String what) throws LinkException {
        try {
            LocalProcess process = LocalProcess.start(home);
            return kept(process);
        } catch (IOException e) {
            throw failed("script " + what, e);
        }
    }

    @Override
    public TerminalChannel terminal(String command, TerminalSize size) throws LinkException {
        try {
            LocalTerminal terminal = kept(LocalTerminal.start(home, command, size));
            terminal.exited().thenRun(() -> open.remove(terminal));
            return terminal;
        } catch (IOException e) {
            throw failed("a terminal", e);
        }
    }

    /// Remembers what is to be ended with the link; ends it at once when the link has ended.
    private <T extends AutoCloseable> T kept(T resource) throws LinkException {
        open.add(resource);
        if (closed.isDone()) {
            Closing.quietly(resource);
            throw new LinkException(closed.join());
        }
        return resource;
    }

    private LinkException failed(String what, IOException e) {
        return new LinkException(
                new Offline(
                        what
                                + " could not be started on "
                                + host
                                + " (this machine): "
                                + Texts.cause(e)),
                e);
    }

    @Override
    public Optional<Duration> latency() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<LinkFailure> closed() {
        return closed.minimalCompletionStage();
    }

    @Override
    public void close() {
        if (closed.complete(new Offline("the link to " + host + " was closed by Muster"))) {
            open.forEach(Closing::quietly);
            open.clear();
        }
    }
}
