package dev.muster.session;

import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The generations of a host's journal, each a file: their names sort by age.
///
/// @param current the one that is written now; empty when the host did not say
/// @param sizes in bytes
public record Generations(String current, SortedMap<String, Long> sizes) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");
    private static final int LONGEST = 32;

    /// How a generation is called that begins now.
    public static String name(Instant now) {
        return "g" + Long.toString(now.toEpochMilli(), 36);
    }

    /// How the generation is called that comes after one: later in the order also when the clock
    /// was set back, or when the older one was named by another clock.
    public static String after(String older, Instant now) {
        String byClock = name(now);
        if (byClock.compareTo(older) > 0) {
            return byClock;
        }
        if (older.length() == byClock.length()) {
            String next = "g" + Long.toString(Long.parseLong(older.substring(1), 36) + 1, 36);
            if (next.compareTo(older) > 0) {
                return next;
            }
        }
        return older.length() < LONGEST ? older + "0" : byClock;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Has the next generation begun, if `older` is written now and has so many bytes.
    public static Script rotation(String older, String newer, long bytes) {
        return HostScript.named("rotate", older, newer, Long.toString(bytes));
    }

    /// Asks which generations there are.
    public static Script listing() {
        return HostScript.named("rotate");
    }

    /// What `rotate.sh` and `anew.sh` answer.
    public static Generations parse(String text) {
        String current = "";
        SortedMap<String, Long> sizes = new TreeMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 2 && words[0].equals("gen") && isName(words[1])) {
                current = words[1];
            } else if (words.length == 3 && words[0].equals("journal") && isName(words[1])) {
                sizes.put(words[1], size(words[2]));
            }
        }
        return new Generations(current, sizes);
    }

    private static long size(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// All but the one that is written now, oldest first.
    public SortedMap<String, Long> others() {
        SortedMap<String, Long> others = new TreeMap<>(sizes);
        others.remove(current);
        return others;
    }

    /// Deletes those of them that are old and were read to their ends.
    ///
    /// @param cursors how far each was read
    public static Script pruning(SortedMap<String, Long> cursors) {
        List<String> words = new ArrayList<>();
        cursors.forEach(
                (generation, offset) -> {
                    words.add(generation);
                    words.add(Long.toString(offset));
                });
        return HostScript.named("prune", words.toArray(String[]::new));
    }

    /// Which generations `prune.sh` has deleted.
    public static List<String> pruned(String text) {
        return text.lines()
                .filter(line -> line.startsWith("pruned "))
                .map(line -> line.substring("pruned ".length()))
                .filter(Generations::isName)
                .toList();
    }
}
