package dev.muster.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `{n}` in a text below a range of hosts: the host's number. A shell's `${n}` is not meant.
final class Placeholder {
    private static final Pattern N = Pattern.compile("(?<!\\$)\\{n\\}");

    private Placeholder() {}

    static Yaml fill(Yaml template, String number) {
        String literal = Matcher.quoteReplacement(number);
        return template.map(text -> N.matcher(text).replaceAll(literal));
    }

    static boolean isIn(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar -> N.matcher(scalar.text()).find();
            case Yaml.Items list -> list.items().stream().anyMatch(Placeholder::isIn);
            case Yaml.Mapping mapping ->
                    mapping.entries().stream().anyMatch(e -> isIn(e.key()) || isIn(e.value()));
        };
    }

    /// Reports each place where there is no range to take the number from.
    static void refuse(Yaml node, Faults faults) {
        switch (node) {
            case Yaml.Scalar scalar -> {
                if (N.matcher(scalar.text()).find()) {
                    faults.error(
                            scalar.at(),
                            Faults.quoted(scalar.text()) + " has `{n}` outside of a range",
                            "`{n}` is the number of a host below a name such as `dev-1..8`");
                }
            }
            case Yaml.Items list -> list.items().forEach(item -> refuse(item, faults));
            case Yaml.Mapping mapping ->
                    mapping.entries()
                            .forEach(
                                    entry -> {
                                        refuse(entry.key(), faults);
                                        refuse(entry.value(), faults);
                                    });
        }
    }
}
