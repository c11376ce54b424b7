package dev.muster.cli;

import dev.muster.api.LogEntry;
import dev.muster.cli.text.Console;
import dev.muster.cli.text.Escape;
import dev.muster.cli.text.Style;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints a session's timeline, a new day under a line of its own.
final class LogView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int KIND_WIDTH = 9;
    private final Console console;
    private final ZoneId zone;
    private @Nullable LocalDate day;

    LogView(Console console, ZoneId zone) {
        this.console = console;
        this.zone = zone;
    }

    void print(LogEntry entry) {
        ZonedDateTime at = at(entry.at());
        if (!at.toLocalDate().equals(day)) {
            day = at.toLocalDate();
            console.line(console.paint(Style.DIM, "-- " + day));
        }
        String kind = Escape.line(entry.kind());
        String step = entry.step() == null ? "" : Escape.line(entry.step()) + ": ";
        console.line(
                console.paint(Style.DIM, TIME.format(at))
                        + " "
                        + console.paint(style(kind), kind)
                        + " ".repeat(Math.max(1, KIND_WIDTH - kind.length()))
                        + step
                        + Escape.line(entry.text()));
        if (entry.output() != null && !entry.output().isBlank()) {
            entry.output()
                    .stripTrailing()
                    .lines()
                    .forEach(line -> console.line("         | " + Escape.lines(line)));
        }
    }

    private ZonedDateTime at(Instant instant) {
        return instant.atZone(zone);
    }

    private static Style style(String kind) {
        return switch (kind) {
            case "asked", "prompt" -> Style.CYAN;
            case "started" -> Style.GREEN;
            case "gap", "failed", "crashed", "lost" -> Style.RED;
            case "exited", "stopped" -> Style.YELLOW;
            default -> Style.PLAIN;
        };
    }
}
