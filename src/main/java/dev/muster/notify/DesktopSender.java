package dev.muster.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Shows a notice on the desktop of this machine, by the program that it has for that.
///
/// Arguments are seen by all who can list processes: what an agent says may hold secrets, so only
/// the title is shown.
final class DesktopSender implements Sender {
    private static final long SECONDS = 5;
    private static final int WORDS = 300;

    private final Function<Notice, Optional<List<String>>> program;

    /// @param program the command line that shows a notice; empty where there is no desktop
    DesktopSender(Function<Notice, Optional<List<String>>> program) {
        this.program = program;
    }

    /// The command line for a machine.
    ///
    /// @param os as in the system property `os.name`
    /// @param env variables of the service
    static Optional<List<String>> command(
            Notice notice, String os, Function<String, Optional<String>> env) {
        if (os.startsWith("Mac")) {
            return Optional.of(
                    List.of(
                            "osascript",
                            "-e",
                            "on run argv",
                            "-e",
                            "display notification (item 1 of argv) with title \"Muster\"",
                            "-e",
                            "end run",
                            notice.title()));
        }
        boolean desktop =
                List.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS").stream()
                        .anyMatch(name -> env.apply(name).isPresent());
        return desktop
                ? Optional.of(
                        List.of(
                                "notify-send",
                                "--app-name=Muster",
                                "--",
                                "Muster",
                                escaped(notice)))
                : Optional.empty();
    }

    /// A notification's body is a small markup (Desktop Notifications Specification, "Markup"), and
    /// notify-send reads escapes of C in it before that (`g_strcompress`, seen with 0.8.1).
    private static String escaped(Notice notice) {
        return notice.title()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\\", "\\\\");
    }

    /// What a program that has ended said, so far as a pipe held it.
    private static String said(Process ended) {
        try {
            byte[] words = ended.getInputStream().readNBytes(WORDS);
            String line = Clean.line(new String(words, StandardCharsets.UTF_8));
            return line.isEmpty() ? "" : ": " + line;
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Outcome send(Notice notice) throws InterruptedException {
        Optional<List<String>> command = program.apply(notice);
        if (command.isEmpty()) {
            return new Outcome.Refused("there is no desktop where the service runs");
        }
        Process process;
        try {
            process = new ProcessBuilder(command.get()).redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Outcome.Refused(command.get().getFirst() + " is not installed");
        }
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return new Outcome.Failed(
                        command.get().getFirst() + " did not end within " + SECONDS + " s", null);
            }
            return process.exitValue() == 0
                    ? new Outcome.Sent()
                    : new Outcome.Failed(
                            command.get().getFirst()
                                    + " ended with exit code "
                                    + process.exitValue()
                                    + said(process),
                            null);
        } finally {
            process.destroyForcibly();
        }
    }
}
