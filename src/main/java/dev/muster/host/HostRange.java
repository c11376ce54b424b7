package dev.muster.host;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A host's name, or a range of them: `dev-1..8`, `dev-01..08`, `rack1..3.example.com`.
///
/// @param text as it was written
/// @param numbers what `{n}` stands for, one for each host; empty when this is no range
/// @param names one for each number, or the name itself
record HostRange(String text, List<String> numbers, List<String> names) {
    static final int MAX = 1000;
    private static final int MAX_LENGTH = 200;
    static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static final Pattern RANGE =
            Pattern.compile("(.*?)(\\d+)\\.\\.(\\d+)(.*)", Pattern.DOTALL);

    static HostRange parse(String text) throws Refused {
        Matcher range = RANGE.matcher(text);
        // What is far too long for a name is not worth an expression that goes back and forth.
        if (text.length() > MAX_LENGTH || !range.matches()) {
            return new HostRange(text, List.of(), List.of(Words.name(text)));
        }
        String from = range.group(2);
        String to = range.group(3);
        if (from.length() > 9 || to.length() > 9) {
            throw new Refused("has a number of more than nine digits", "write a smaller range");
        }
        boolean padded = from.length() > 1 && from.startsWith("0");
        if ((padded || to.startsWith("0")) && from.length() != to.length()) {
            throw new Refused(
                    "has numbers of different widths", "write both with the zeros: `01..08`");
        }
        int first = Integer.parseInt(from);
        int last = Integer.parseInt(to);
        if (first > last) {
            throw new Refused(
                    "counts down",
                    "write `" + range.group(1) + to + ".." + from + range.group(4) + "`");
        }
        if (last - first >= MAX) {
            throw new Refused(
                    "is " + (last - first + 1) + " hosts", "a range is " + MAX + " hosts at most");
        }
        String format = padded ? "%0" + from.length() + "d" : "%d";
        List<String> numbers =
                IntStream.rangeClosed(first, last)
                        .mapToObj(n -> String.format(Locale.ROOT, format, n))
                        .toList();
        // The longest name is the last one, so that checking it checks all.
        Words.name(range.group(1) + numbers.getLast() + range.group(4));
        return new HostRange(
                text,
                numbers,
                numbers.stream().map(n -> range.group(1) + n + range.group(4)).toList());
    }

    boolean isRange() {
        return !numbers.isEmpty();
    }
}
