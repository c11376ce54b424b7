package dev.muster.host;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the texts that a hosts file is made of: names, paths, patterns.
final class Words {
    /// For hosts, repos, groups, agents and accounts. Free of `:`, `/`, `@`, `,` and blanks, which
    /// mean something in `HOST:REPO`, `HOST/SESSION`, `@group` and lists.
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    static final String ENV_NAME = "[A-Za-z_][A-Za-z0-9_]*";
    static final String LABEL_NAME = "[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?";
    static final String PATH = "(/|~/)[^\\u0000]*";
    static final String WORD = "[^\\s-]\\S*";

    private static final Pattern NAME_RE = Pattern.compile(NAME);
    private static final Pattern ENV_NAME_RE = Pattern.compile(ENV_NAME);
    private static final Pattern LABEL_NAME_RE = Pattern.compile(LABEL_NAME);
    private static final Pattern WORD_RE = Pattern.compile(WORD);
    static final String TIME = "([01]?\\d|2[0-3]):[0-5]\\d";
    private static final Pattern TIME_RE = Pattern.compile(TIME);
    private static final Pattern PERCENT_RE = Pattern.compile("[1-9]\\d?|100");
    private static final Pattern TEMPLATE_NAME = Pattern.compile("\\{([a-zA-Z]+)\\}");
    private static final int MAX_NAME = 63;

    /// What each session's environment has from Muster, tmux and SSH themselves.
    private static final Set<String> KEPT = Set.of("TMUX", "TMUX_PANE", "HOME", "PWD");

    private Words() {}

    static String name(String text) throws Refused {
        if (text.isEmpty()) {
            throw new Refused("is empty", "write a name");
        }
        if (text.length() > MAX_NAME) {
            throw new Refused("is longer than " + MAX_NAME + " characters", "write a shorter name");
        }
        if (!NAME_RE.matcher(text).matches()) {
            throw new Refused(
                    "cannot be a name",
                    "use letters, digits, `-`, `_` and `.`, beginning with a letter or digit");
        }
        if (text.contains("..")) {
            throw new Refused(
                    "holds `..` but is no range", "write a range as `dev-1..8`, or a single `.`");
        }
        return text;
    }

    static String envName(String text) throws Refused {
        if (!ENV_NAME_RE.matcher(text).matches()) {
            throw new Refused(
                    "cannot be an environment variable",
                    "use letters, digits and `_`, not beginning with a digit");
        }
        if (text.startsWith("MUSTER_") || KEPT.contains(text)) {
            throw new Refused("is set by Muster itself", "remove it, or use another name");
        }
        return text;
    }

    /// A variable of the service's own environment.
    static String anyEnvName(String text) throws Refused {
        if (!ENV_NAME_RE.matcher(text).matches()) {
            throw new Refused(
                    "cannot be an environment variable",
                    "write the name of the variable, not what it holds");
        }
        return text;
    }

    static LocalTime time(String text) throws Refused {
        if (!TIME_RE.matcher(text).matches()) {
            throw new Refused("is no time of day", "write hours and minutes, as `22:00`");
        }
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    static ZoneId zone(String text) throws Refused {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Refused("is no time zone", "write one as `Europe/Berlin` or `UTC`");
        }
    }

    static Integer percent(String text) throws Refused {
        if (!PERCENT_RE.matcher(text).matches()) {
            throw new Refused("is no share", "write a whole number from 1 to 100");
        }
        return Integer.valueOf(text);
    }

    /// An address to send to. What it says is never repeated: it may hold a key.
    static String url(String text) throws Refused {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Refused("is no address", "write it as `https://example.com/hook`");
        }
        String scheme = url.getScheme();
        if (url.getHost() == null
                || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new Refused("is no web address", "write it as `https://example.com/hook`");
        }
        if (url.getRawUserInfo() != null) {
            throw new Refused(
                    "holds a user or password", "use `urlEnv` or `urlFile`, or a token instead");
        }
        return text;
    }

    /// A text with `{title}` and the like.
    static String template(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty", "write what to send, or remove the key");
        }
        Matcher names = TEMPLATE_NAME.matcher(text);
        while (names.find()) {
            if (!Notices.PLACEHOLDERS.contains(names.group(1))) {
                throw new Refused(
                        "has `" + names.group() + "`, which nothing is known of",
                        Near.orElse(
                                names.group(1),
                                Notices.PLACEHOLDERS,
                                "known are {" + String.join("}, {", Notices.PLACEHOLDERS) + "}"));
            }
        }
        return value(text);
    }

    static String labelName(String text) throws Refused {
        if (text.length() > MAX_NAME || !LABEL_NAME_RE.matcher(text).matches()) {
            throw new Refused(
                    "cannot be a label",
                    "use up to 63 letters, digits, `-`, `_`, `.` and `/`, with a letter or digit at"
                            + " both ends");
        }
        return text;
    }

    /// Any text that an environment or an argument list can carry.
    static String value(String text) throws Refused {
        if (text.indexOf('\0') >= 0) {
            throw new Refused("holds a NUL character", "remove it: no program can be given one");
        }
        return text;
    }

    static String labelValue(String text) throws Refused {
        return oneLine(text);
    }

    /// Something that is not empty, on one line and free of control characters.
    static String line(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty", "write a value, or remove the key");
        }
        return oneLine(text);
    }

    private static String oneLine(String text) throws Refused {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new Refused(
                    "holds a line break or control character", "write it on one line, without");
        }
        return text;
    }

    /// Something that ends up as one argument, and must not look like an option.
    static String word(String text) throws Refused {
        line(text);
        if (!WORD_RE.matcher(text).matches()) {
            throw new Refused(
                    "has a blank in it or begins with `-`", "write one word that is no option");
        }
        return text;
    }

    /// A revision to start a branch from: `main`, `origin/main`, `v1.2`, `HEAD~1`.
    static String revision(String text) throws Refused {
        word(text);
        if (text.contains("..") || text.contains(":")) {
            throw new Refused("is not one commit", "write a branch, tag or commit, such as `main`");
        }
        return text;
    }

    /// A path on the host. What is below another user's home, or depends on where a program
    /// happens to run, is refused.
    static String path(String text) throws Refused {
        value(text);
        if (text.equals("~")) {
            throw new Refused("is no path below the home", "write `~/` for the home itself");
        }
        if (text.startsWith("~") && !text.startsWith("~/")) {
            throw new Refused(
                    "is in another user's home, which is not looked up", "write the absolute path");
        }
        if (text.startsWith("$")) {
            throw new Refused("begins with a variable, which is not filled in", "write `~/…`");
        }
        if (!text.startsWith("/") && !text.startsWith("~/")) {
            throw new Refused(
                    text.isBlank() ? "is empty" : "is relative",
                    "write an absolute path, or one from the home as `~/…`");
        }
        return trimmed(text);
    }

    /// Without the slashes at the end, which would stand in the way of `<path>.worktrees`.
    private static String trimmed(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/' && !path.substring(0, end).equals("~/")) {
            end--;
        }
        return path.substring(0, end);
    }

    /// A program: a name for the PATH to find, or a path.
    static String command(String text) throws Refused {
        line(text);
        boolean isPath = text.contains("/");
        if (!isPath && text.codePoints().anyMatch(Character::isWhitespace)) {
            throw new Refused(
                    "holds a blank: only the program stands here", "move the rest to `args`");
        }
        if (text.startsWith("-")) {
            throw new Refused("begins with `-`, as an option does", "write a program or its path");
        }
        if (text.startsWith("~") && !text.startsWith("~/")) {
            throw new Refused("is in another user's home", "write the absolute path");
        }
        return text;
    }

    /// What a tool is asked to do, `*` for any text.
    static String rulePattern(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty", "write what is meant, or `*` for anything");
        }
        return value(text);
    }

    /// A line for the user's shell.
    static String shell(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty", "write a command, or remove the key");
        }
        return value(text);
    }

    /// A pattern of git's ignore files (gitignore(5)), for paths inside of the repo.
    static String ignorePattern(String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused("is empty, and matches nothing", "remove it");
        }
        oneLine(text);
        if (text.startsWith("#")) {
            throw new Refused(
                    "is a comment in gitignore syntax, and matches nothing",
                    "write `\\" + text + "` for a name that begins with `#`");
        }
        if (text.startsWith("~/")) {
            throw new Refused(
                    "is a path of the home", "patterns are for paths in the repo: `.env*`");
        }
        if (List.of(text.split("/", -1)).contains("..")) {
            throw new Refused("points out of the repo", "patterns match inside of it only");
        }
        if (Set.of("/", "!", "!/").contains(text)) {
            throw new Refused("matches nothing", "write a file or folder, such as `.env*`");
        }
        return backslashPaired(text);
    }

    private static String backslashPaired(String text) throws Refused {
        int last = text.length();
        while (last > 0 && text.charAt(last - 1) == '\\') {
            last--;
        }
        if ((text.length() - last) % 2 != 0) {
            throw new Refused(
                    "ends in a single `\\`, and matches nothing", "double it, or remove it");
        }
        return text;
    }
}
