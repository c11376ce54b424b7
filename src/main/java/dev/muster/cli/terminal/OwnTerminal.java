package dev.muster.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/// The terminal that the user sits at. Its settings are put back by {@link #close}, and by a
/// shutdown hook where a signal ends the process first.
public final class OwnTerminal implements AutoCloseable {
    /// What a full-screen program may have left on: the other screen, a hidden cursor, mouse and
    /// focus reports, bracketed paste, application keys, colours (xterm's ctlseqs).
    private static final String SOBER =
            "\u001b[?1049l\u001b[?25h\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1005l"
                    + "\u001b[?1006l\u001b[?1004l\u001b[?2004l\u001b[?1l\u001b>\u001b[0m";

    private final Terminal terminal;
    private final Attributes before;
    private final Thread hook = new Thread(this::restore, "restore-terminal");
    private boolean cursorHidden;

    private OwnTerminal(Terminal terminal) {
        this.terminal = terminal;
        this.before = new Attributes(terminal.getAttributes());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @throws IOException when this process has no terminal
    public static OwnTerminal open() throws IOException {
        return new OwnTerminal(
                TerminalBuilder.builder()
                        .system(true)
                        .dumb(false)
                        .nativeSignals(false)
                        .encoding(StandardCharsets.UTF_8)
                        .build());
    }

    public int columns() {
        return Math.max(1, terminal.getSize().getColumns());
    }

    public int rows() {
        return Math.max(1, terminal.getSize().getRows());
    }

    /// Calls back, on a thread of the signal's, when the window changed its size. Not by JLine's
    /// terminal: with signals of its own, it would let Ctrl-C end the process without our hook.
    public void onResize(Runnable resized) {
        Signals.register("WINCH", resized);
    }

    /// Passes every key on as it is, Ctrl-C too, and draws every byte as it is. JLine's own raw
    /// mode keeps signals and output processing, which `ssh` and `tmux attach` do not.
    public void raw() {
        Attributes raw = new Attributes(before);
        raw.setInputFlags(
                EnumSet.of(
                        InputFlag.IGNBRK,
                        InputFlag.BRKINT,
                        InputFlag.PARMRK,
                        InputFlag.ISTRIP,
                        InputFlag.INLCR,
                        InputFlag.IGNCR,
                        InputFlag.ICRNL,
                        InputFlag.IXON),
                false);
        raw.setOutputFlags(EnumSet.of(OutputFlag.OPOST), false);
        raw.setLocalFlags(
                EnumSet.of(
                        LocalFlag.ECHO,
                        LocalFlag.ECHONL,
                        LocalFlag.ICANON,
                        LocalFlag.ISIG,
                        LocalFlag.IEXTEN),
                false);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
    }

    /// Shows neither what is typed nor the cursor; Ctrl-C still ends the process.
    public void quieten() throws IOException {
        Attributes quiet = new Attributes(before);
        quiet.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON), false);
        terminal.setAttributes(quiet);
        cursorHidden = true;
        write("\u001b[?25l");
    }

    /// Leaves what a program of the other side did not, since the connection broke before it could.
    public void sober() throws IOException {
        write(SOBER);
    }

    /// Writes bytes as they are.
    public void write(byte[] bytes, int length) throws IOException {
        OUT.write(bytes, 0, length);
    }

    public void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, bytes.length);
    }

    /// Not JLine's stream: it would decode and encode again.
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private void restore() {
        if (cursorHidden) {
            try {
                write("\u001b[?25h");
            } catch (IOException e) {
                // The terminal is gone: there is nothing to restore.
            }
        }
        try {
            terminal.setAttributes(before);
        } catch (IllegalStateException | IOError e) {
            // JLine has a shutdown hook of its own, which puts them back as well and may be first.
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Shutting down already: the hook does it once more, which does no harm.
        }
        try {
            terminal.close();
        } catch (IOException e) {
            // Its settings are back; there is nothing left to do for the user.
        }
    }
}
