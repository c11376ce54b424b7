package dev.muster.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What this process's three streams are, found out cheaply: opening a terminal library for it
/// would cost a command as much time as all else it does.
final class Tty {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MAX_COLUMNS = 1000;

    private Tty() {}

    /// Whether a stream is a terminal. The launcher knows (`[ -t 1 ]`) and says so in the property
    /// `muster.tty`, with the numbers of those that are; without it, Linux's /proc tells.
    ///
    /// @param stream 0, 1 or 2
    static boolean isTerminal(int stream) {
        String told = System.getProperty("muster.tty");
        if (told != null) {
            return told.indexOf('0' + stream) >= 0;
        }
        try {
            String target = "" + Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream));
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            // No /proc: Java knows only about both directions together.
            return stream != 2 && System.console() != null && System.console().isTerminal();
        }
    }

    /// The terminal's width: `$COLUMNS`, then what `stty` says, then 80.
    static int columns(Map<String, String> env, boolean terminal) {
        String told = env.get("COLUMNS");
        if (told != null && told.matches("[1-9][0-9]{0,3}")) {
            return Math.min(Integer.parseInt(told), MAX_COLUMNS);
        }
        return terminal ? ask() : DEFAULT_COLUMNS;
    }

    private static int ask() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return DEFAULT_COLUMNS;
            }
            String answer =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String columns = answer.strip().replaceFirst("^\\d+ ", "");
            return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : DEFAULT_COLUMNS;
        } catch (IOException e) {
            return DEFAULT_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_COLUMNS;
        }
    }
}
