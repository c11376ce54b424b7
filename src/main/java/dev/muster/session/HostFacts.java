package dev.muster.session;

import dev.muster.shell.HexText;
import dev.muster.shell.HostLibrary;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a host answers to the first script on a connection, `hello.sh`.
///
/// @param home the home folder there
/// @param state Muster's state folder there
/// @param shell the login shell
/// @param os `Linux 6.1.0`, or empty
/// @param git version, or empty when it was not found
/// @param tmux version, or empty when it was not found
/// @param clockAhead how far the host's clock is ahead of ours, to the second
/// @param generation of the journal that is written now
/// @param journals length in bytes of each generation, oldest first
/// @param vitals how it does
public record HostFacts(
        String home,
        String state,
        String shell,
        String os,
        String git,
        String tmux,
        Duration clockAhead,
        String generation,
        SequencedMap<String, Long> journals,
        Vitals vitals) {

    /// What `hello.sh` answers.
    public sealed interface Answer {
        record Facts(HostFacts facts) implements Answer {}

        /// The host can't hold sessions as it is; `what` names the problem.
        record Fault(String what, String detail, String fix) implements Answer {}
    }

    /// @param newGeneration the name of a journal, should the host have none: `[a-z0-9]+`, sorting
    ///     by time
    public static Script script(String newGeneration) {
        return HostScript.withVitals("hello", HostLibrary.version(), newGeneration)
                .withInput(HostLibrary.input());
    }

    public static Answer parse(String text, Instant now) {
        Map<String, String> values = new HashMap<>();
        SequencedMap<String, Long> journals = new LinkedHashMap<>();
        Vitals vitals = Vitals.UNKNOWN;
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("fault")) {
                return fault(words.length > 1 ? words[1] : "?", words.length > 2 ? words[2] : "");
            }
            if (words[0].equals("journal") && words.length == 3) {
                if (Generations.isName(words[1])) {
                    journals.put(words[1], number(words[2]));
                }
            } else if (words[0].equals("vitals")) {
                vitals = Vitals.parse(line.substring(6));
            } else if (words.length > 1) {
                values.put(words[0], words[1]);
            } else {
                values.put(words[0], "");
            }
        }
        if (!values.containsKey("done") || !Generations.isName(values.getOrDefault("gen", ""))) {
            return new Answer.Fault(
                    "hello", "the host's answer broke off: " + head(text), "see `muster doctor`");
        }
        Duration ahead =
                Duration.ofSeconds(number(values.getOrDefault("time", "0")) - now.getEpochSecond());
        return new Answer.Facts(
                new HostFacts(
                        hex(values.getOrDefault("home", "")),
                        hex(values.getOrDefault("state", "")),
                        hex(values.getOrDefault("shell", "")),
                        values.getOrDefault("os", "").replace('_', ' '),
                        version(values.getOrDefault("git", "")),
                        version(values.getOrDefault("tmux", "")),
                        ahead,
                        values.getOrDefault("gen", ""),
                        journals,
                        vitals));
    }

    private static Answer.Fault fault(String what, String hexDetail) {
        return switch (what) {
            case "owner" ->
                    new Answer.Fault(
                            "state",
                            "the state folder " + hex(hexDetail) + " belongs to another user",
                            "remove it, or set XDG_STATE_HOME on the host");
            case "state" ->
                    new Answer.Fault(
                            "state",
                            "the state folder " + hex(hexDetail) + " can't be made",
                            "make the home folder writable there");
            case "disk" ->
                    new Answer.Fault(
                            "disk",
                            "the state folder can't be written: the disk may be full",
                            "free some space in the home folder there");
            default -> new Answer.Fault(what, "the host refused: " + what, "see `muster doctor`");
        };
    }

    /// `git version 2.39.5` and `tmux 3.3a` give the last word.
    private static String version(String text) {
        String[] words = text.split("_");
        return words.length == 0 ? "" : words[words.length - 1];
    }

    private static String hex(String digits) {
        try {
            return HexText.of(digits);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String head(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
