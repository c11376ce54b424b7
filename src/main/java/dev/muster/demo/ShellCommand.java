package dev.muster.demo;

import static java.util.Objects.requireNonNull;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// A command line that a client of the {@link BuiltInServer} asked for: run by the host's shell, on
/// a terminal where the client wants one.
final class ShellCommand implements Command {
    private final String line;
    private final Map<String, String> env;
    private final Path home;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback callback;
    private @Nullable Process process;

    ShellCommand(String line, Map<String, String> env, Path home) {
        this.line = line;
        this.env = Map.copyOf(env);
        this.home = home;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        callback = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment asked) throws IOException {
        String term = asked.getEnv().get(Environment.ENV_TERM);
        Process started = term == null ? plain() : onTerminal(term, asked);
        process = started;
        Thread.ofVirtual().start(() -> pump(requireNonNull(in), started.getOutputStream(), true));
        Thread.ofVirtual().start(() -> serve(started));
    }

    private String[] command() {
        return new String[] {requireNonNull(env.get("SHELL")), "-c", line};
    }

    private Process plain() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(env);
        return builder.start();
    }

    private Process onTerminal(String term, Environment asked) throws IOException {
        Map<String, String> all = new HashMap<>(env);
        all.put("TERM", term);
        WinSize size = size(asked);
        PtyProcess terminal =
                new PtyProcessBuilder(command())
                        .setDirectory(home.toString())
                        .setEnvironment(all)
                        .setInitialColumns(size.getColumns())
                        .setInitialRows(size.getRows())
                        .start();
        asked.addSignalListener((_, _) -> terminal.setWinSize(size(asked)), Signal.WINCH);
        return terminal;
    }

    private static WinSize size(Environment asked) {
        return new WinSize(
                number(asked, Environment.ENV_COLUMNS, 80),
                number(asked, Environment.ENV_LINES, 24));
    }

    private static int number(Environment asked, String name, int otherwise) {
        String text = asked.getEnv().getOrDefault(name, "");
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    private void serve(Process running) {
        try {
            Thread errors =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            pump(
                                                    running.getErrorStream(),
                                                    requireNonNull(err),
                                                    false));
            pump(running.getInputStream(), requireNonNull(out), false);
            errors.join();
            requireNonNull(callback).onExit(running.waitFor());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(InputStream from, OutputStream to, boolean end) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException _) {
            // One side has closed: so does the other, below or when the channel ends.
            end(from);
        }
        if (end) {
            end(to);
        }
    }

    private static void end(Closeable stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // A pipe whose reader has gone: that is what closing is for.
            return;
        }
    }

    /// The channel has closed. As with OpenSSH, the command learns it by the end of its input and
    /// by writing to nobody; on a terminal, by SIGHUP.
    @Override
    public void destroy(ChannelSession channel) {
        Process running = process;
        if (running instanceof PtyProcess) {
            running.destroy();
        } else if (running != null) {
            end(running.getOutputStream());
            end(running.getInputStream());
            end(running.getErrorStream());
        }
    }
}
