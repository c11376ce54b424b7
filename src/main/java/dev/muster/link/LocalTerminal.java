package dev.muster.link;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// A program on a pseudo-terminal of this machine.
final class LocalTerminal implements TerminalChannel {
    /// pty4j sets the size after the program has started: wait for it, at most about a second, so
    /// that no program sees a terminal of no size. `stty` and `sleep` with a fraction are there on
    /// Linux and macOS.
    private static final String GATE =
            "i=0; while [ \"$(stty size 2>/dev/null)\" = '0 0' ] && [ $i -lt 100 ]; do"
                    + " sleep 0.01; i=$((i + 1)); done; exec /bin/sh -c \"$1\"";

    private final PtyProcess process;
    private final OutputStream in;

    private LocalTerminal(PtyProcess process) {
        this.process = process;
        this.in = new FlushingOutput(process.getOutputStream());
    }

    static LocalTerminal start(Path home, String command, TerminalSize size) throws IOException {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("HOME", home.toString());
        env.put("TERM", size.term());
        // Else tmux refuses to attach from inside the tmux that the service may run in.
        env.remove("TMUX");
        env.remove("TMUX_PANE");
        return new LocalTerminal(
                new PtyProcessBuilder(new String[] {"/bin/sh", "-c", GATE, "sh", command})
                        .setDirectory(home.toString())
                        .setEnvironment(env)
                        .setInitialColumns(size.columns())
                        .setInitialRows(size.rows())
                        .start());
    }

    @Override
    public InputStream out() {
        return process.getInputStream();
    }

    @Override
    public OutputStream in() {
        return in;
    }

    @Override
    public void resize(TerminalSize size) {
        process.setWinSize(new WinSize(size.columns(), size.rows()));
    }

    @Override
    public CompletionStage<Integer> exited() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// The program gets SIGHUP, as when a terminal window is closed.
    @Override
    public void close() {
        process.destroy();
    }
}
