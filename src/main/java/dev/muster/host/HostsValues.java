package dev.muster.host;

import dev.muster.host.Shape.ListOf;
import dev.muster.host.Shape.MapOf;
import dev.muster.host.Shape.Text;

/// The kinds of values that several keys of a hosts file have.
final class HostsValues {
    private HostsValues() {}

    static final Text<String> NAME = Text.of("a name", Words.NAME, Words::name).orNumber();
    static final Text<String> BRANCH =
            Text.of("a branch, tag or commit, such as `main`", Words.WORD, Words::revision);
    static final Text<String> PATH = Text.of("an absolute path, or `~/…`", Words.PATH, Words::path);
    static final Text<String> IGNORE =
            Text.of("a gitignore pattern, such as `.env*`", "", Words::ignorePattern);
    static final ListOf<String> IGNORES = new ListOf<>("[\".env*\", config/local]", IGNORE, true);
    static final MapOf<String> ENV =
            new MapOf<>(
                    "{ NAME: value }",
                    Text.of("a variable's name", Words.ENV_NAME, Words::envName),
                    Text.of("a value, or \"\" for an empty one", "", Words::value).orNumber(),
                    true);
    static final MapOf<String> LABELS =
            new MapOf<>(
                    "{ role: backend }",
                    Text.of("a label's name", Words.LABEL_NAME, Words::labelName).orNumber(),
                    Text.of("a label's value", "", Words::labelValue).orNumber(),
                    true);
    static final Text<HostRange> RANGE =
            Text.of("a host, or a range as `dev-1..8`", HostRange.PATTERN, HostRange::parse)
                    .orNumber();
    static final ListOf<HostRange> RANGES = new ListOf<>("[dev-1..8, staging]", RANGE, false);
    static final Text<String> HOSTS_NAME =
            Text.of(
                            "a host's name, or a range as `dev-1..8`",
                            HostRange.PATTERN,
                            text -> HostRange.parse(text).text())
                    .orNumber();
}
