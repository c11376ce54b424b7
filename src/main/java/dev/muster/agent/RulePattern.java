package dev.muster.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// The pattern of a standing rule: `*` stands for any text, everything else for itself, and all of
/// it must match. Pure.
///
/// It is read in two ways. To approve, it must **cover** what is asked, so a `*` matches nothing
/// that could do more than the rule's author saw: in a command no separator, redirection,
/// expansion, substitution, comment, escape or line break; in a path no way up; in a host name no
/// slash. To deny, it need only **touch** it: a `*` matches anything, and in a command each part
/// between separators is looked at as well. The pattern `*` alone means anything in either way.
///
/// @param text as written in `hosts.yaml`
record RulePattern(String text) {
    private static final String ANYTHING = "*";

    /// POSIX Shell Command Language, 2.2 and 2.4: what ends, joins, expands, redirects, quotes by
    /// one character or comments; and bash's history expansion and process substitution.
    private static final String SHELL = ";&|<>(){}$`\\#!";

    private static final Pattern BETWEEN_COMMANDS = Pattern.compile("[;&|\\n\\r(){}`]|\\$\\(");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /// What the text is that a pattern is held against.
    enum Kind {
        COMMAND,
        PATH,
        URL,
        TEXT
    }

    boolean isAnything() {
        return text.equals(ANYTHING);
    }

    /// Whether all that `asked` does is what this pattern says.
    boolean covers(Kind kind, String asked) {
        return switch (kind) {
            case COMMAND -> matches(text, asked, this::isPlainWord);
            case PATH -> !climbs(asked) && matches(text, asked, RulePattern::isPlain);
            case URL -> coversUrl(asked);
            case TEXT -> matches(text, asked, RulePattern::isPlain);
        };
    }

    /// A quote in the pattern is there to hold one word together: what stands for a part of that
    /// word must not end it.
    private boolean isPlainWord(int c) {
        boolean quote = c == '"' || c == '\'';
        return isPlain(c) && SHELL.indexOf(c) < 0 && !(quote && text.indexOf(c) >= 0);
    }

    /// Whether any of what `asked` does is what this pattern says, as far as can be seen.
    boolean touches(Kind kind, String asked) {
        return switch (kind) {
            case COMMAND ->
                    touches(asked)
                            || BETWEEN_COMMANDS
                                    .splitAsStream(asked)
                                    .anyMatch(part -> touches(part));
            case PATH -> touches(asked) || touches(straight(asked));
            case URL, TEXT -> touches(asked);
        };
    }

    private boolean touches(String asked) {
        return matches(oneBlank(text), oneBlank(asked), c -> true);
    }

    /// A pattern's host part is not covered by what merely contains it: a `*` before the path
    /// stands for no slash, and none for user information or what browsers take for a slash.
    private boolean coversUrl(String asked) {
        IntPredicate plain = c -> isPlain(c) && c != '@' && c != '\\' && c != ' ' && c != '\t';
        int scheme = text.indexOf("://");
        int path = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
        int slash = asked.indexOf('/', Math.max(asked.indexOf("://"), 0) + 3);
        if (path < 0 || slash < 0) {
            return matches(text, asked, c -> plain.test(c) && "/?#".indexOf(c) < 0);
        }
        return matches(
                        text.substring(0, path),
                        asked.substring(0, slash),
                        c -> plain.test(c) && "/?#".indexOf(c) < 0)
                && !climbs(asked)
                && matches(text.substring(path), asked.substring(slash), plain);
    }

    /// A character that is what it looks like: no control, no line break of Unicode, nothing that
    /// reorders or hides text, no blank but space and tab.
    private static boolean isPlain(int c) {
        if (c == '\t' || c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /// Whether a path is not plainly what it says: `..`, `.` or an empty name in it.
    private static boolean climbs(String path) {
        String names = path.replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]*://", "");
        return List.of(names.split("/", -1)).stream()
                        .anyMatch(name -> name.equals("..") || name.equals("."))
                || names.contains("//")
                || names.toLowerCase(Locale.ROOT).contains("%2e");
    }

    /// The path without its detours.
    private static String straight(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", names);
    }

    private static String oneBlank(String asked) {
        return BLANKS.matcher(asked).replaceAll(" ").strip();
    }

    /// Matches with a `*` that stands for any number of `wild` characters. Takes time in the
    /// product of the lengths at most, whatever the pattern.
    private static boolean matches(String pattern, String asked, IntPredicate wild) {
        int[] p = pattern.codePoints().toArray();
        int[] a = asked.codePoints().toArray();
        boolean[] reached = new boolean[p.length + 1];
        reached[0] = true;
        skipStars(p, reached);
        for (int c : a) {
            boolean[] next = new boolean[p.length + 1];
            boolean any = false;
            for (int i = 0; i < p.length; i++) {
                if (!reached[i]) {
                    continue;
                }
                if (p[i] == '*' && wild.test(c)) {
                    next[i] = true;
                    any = true;
                }
                if (p[i] != '*' && p[i] == c) {
                    next[i + 1] = true;
                    any = true;
                }
            }
            if (!any) {
                return false;
            }
            skipStars(p, next);
            reached = next;
        }
        return reached[p.length];
    }

    /// A `*` may stand for nothing.
    private static void skipStars(int[] p, boolean[] reached) {
        for (int i = 0; i < p.length; i++) {
            if (reached[i] && p[i] == '*') {
                reached[i + 1] = true;
            }
        }
    }
}
