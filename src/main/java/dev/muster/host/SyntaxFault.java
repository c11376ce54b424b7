package dev.muster.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// Says in a person's words what SnakeYAML's scanner and parser complain about.
final class SyntaxFault {
    private static final Pattern CANNOT_START =
            Pattern.compile("found character '(.+?)' that cannot start any token.*");

    /// A tab further right may belong to the text of a `|` block.
    private static final Pattern TAB_INDENT = Pattern.compile("(?m)^\t");

    private SyntaxFault() {}

    /// Reports it, and lets nothing be said of what follows.
    static void report(MarkedYAMLException e, String text, Faults faults) {
        told(e, text, faults);
        Mark from = e.getContextMark() == null ? e.getProblemMark() : e.getContextMark();
        boolean block = e.getContext() != null && e.getContext().contains("block");
        faults.endAt((block ? e.getProblemMark() : from).getLine() + 1);
    }

    private static void told(MarkedYAMLException e, String text, Faults faults) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        Place at = place(e.getProblemMark());
        Place opened = e.getContextMark() == null ? at : place(e.getContextMark());
        Matcher character = CANNOT_START.matcher(problem);
        if (problem.contains("\\t") || problem.contains("TAB")) {
            tabs(text, at, faults);
        } else if (character.matches()) {
            String c = character.group(1);
            faults.error(
                    at,
                    "`" + c + "` cannot begin a value",
                    "put the whole value into quotes: \"" + c + "…\"");
        } else if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            faults.error(opened, "this quote is never closed", "write the closing quote");
        } else if (context.contains("double-quoted") && problem.contains("escape")) {
            faults.error(
                    at,
                    "not an escape of double quotes",
                    "write `\\\\` for a backslash, or use single quotes");
        } else if (context.contains("flow sequence")) {
            faults.error(
                    opened, "this `[` is never closed", "write `]`, and `,` between the items");
        } else if (context.contains("flow mapping")) {
            faults.error(opened, "this `{` is never closed", "write `}`, and `,` between the keys");
        } else if (problem.contains("mapping values are not allowed")) {
            faults.error(
                    at,
                    "a `:` where no key can be",
                    "check the indentation above, and quote a value that holds `: `");
        } else if (problem.contains("could not find expected ':'")) {
            faults.error(
                    opened,
                    "this line is neither `key: value` nor `- item`",
                    "write a `:` after the key");
        } else if (problem.contains("expected <block end>")) {
            faults.error(
                    at,
                    "the indentation fits none of the lines above",
                    "align it with the other keys of the same mapping");
        } else {
            faults.error(
                    at,
                    "this is not YAML: " + (context.isEmpty() ? "" : context + ", ") + problem,
                    "check the indentation and the quotes here");
        }
    }

    /// Where one line is indented with a tab, others are too: all are told at once.
    private static void tabs(String text, Place at, Faults faults) {
        String fix = "YAML takes spaces only: replace it with spaces";
        faults.error(at, "a tab in the indentation", fix);
        Matcher indent = TAB_INDENT.matcher(text);
        int line = 1;
        int from = 0;
        while (indent.find()) {
            line += (int) text.substring(from, indent.start()).lines().count();
            from = indent.start();
            if (line > at.line()) {
                faults.error(new Place(line, 1), "a tab in the indentation", fix);
            }
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
