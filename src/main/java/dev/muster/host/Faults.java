package dev.muster.host;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Gathers what is wrong with one file.
final class Faults {
    private final String file;
    private final Set<Fault> found = new LinkedHashSet<>();
    private final Set<Place> places = new HashSet<>();
    private int end = Integer.MAX_VALUE;

    Faults(String file) {
        this.file = file;
    }

    void error(Place at, String problem, String fix) {
        add(Fault.Severity.ERROR, at, problem, fix);
    }

    void warning(Place at, String problem, String fix) {
        add(Fault.Severity.WARNING, at, problem, fix);
    }

    /// From now on, leaves out what is found on this line or further down: a syntax error there
    /// makes everything else a guess.
    void endAt(int line) {
        end = Math.min(end, line);
    }

    private void add(Fault.Severity severity, Place at, String problem, String fix) {
        if (at.line() < end) {
            found.add(new Fault(severity, file, at.line(), at.column(), problem, fix));
            places.add(at);
        }
    }

    /// An empty collector for the same file, to be given to [#take] or dropped.
    Faults beside() {
        Faults beside = new Faults(file);
        beside.end = end;
        return beside;
    }

    /// Takes over what stands at a place where nothing was found yet: the hosts of one range, or
    /// the users of one alias, share their lines, and one mistake there is to be told once.
    void take(Faults others) {
        List<Fault> fresh =
                others.found.stream().filter(fault -> !places.contains(place(fault))).toList();
        found.addAll(fresh);
        places.addAll(others.places);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
    }

    /// From top to bottom.
    List<Fault> sorted() {
        return found.stream().sorted(Comparator.comparing(Faults::place)).toList();
    }

    private static Place place(Fault fault) {
        return new Place(fault.line(), fault.column());
    }

    /// A text from the file as it is shown in a message: on one line, of bearable length, and
    /// without anything that a terminal would obey.
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("`");
        int[] points = text.codePoints().limit(61).toArray();
        for (int i = 0; i < Math.min(points.length, 60); i++) {
            int c = points[i];
            if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (harmless(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append('<').append(codePoint(c)).append('>');
            }
        }
        return shown.append(points.length > 60 ? "…`" : "`").toString();
    }

    /// `U+200B`
    static String codePoint(int c) {
        return "U+%04X".formatted(c);
    }

    private static boolean harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
