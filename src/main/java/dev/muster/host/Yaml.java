package dev.muster.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A piece of YAML that knows where it stands. Aliases and merge keys are resolved already.
sealed interface Yaml {
    Place at();

    /// How many values it holds, itself included.
    int size();

    /// The same with every text in it, keys too, mapped.
    Yaml map(UnaryOperator<String> change);

    /// What a person would call it.
    String described();

    /// A single value.
    ///
    /// @param plain written without quotes: only then it can be a number, a yes or no, or nothing
    record Scalar(Place at, String text, boolean plain) implements Yaml {
        private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
        private static final Set<String> FLAGS =
                Set.of("true", "True", "TRUE", "false", "False", "FALSE");

        /// YAML 1.2's core schema, chapter 10.3.2: what editors take for a number.
        private static final Pattern NUMBER =
                Pattern.compile(
                        "[-+]?(0o[0-7]+|0x[0-9a-fA-F]+"
                                + "|(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                                + "|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

        boolean isNothing() {
            return plain && NOTHING.contains(text);
        }

        boolean isNumber() {
            return plain && NUMBER.matcher(text).matches();
        }

        Optional<Boolean> flag() {
            return plain && FLAGS.contains(text)
                    ? Optional.of(text.equalsIgnoreCase("true"))
                    : Optional.empty();
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Scalar map(UnaryOperator<String> change) {
            String changed = change.apply(text);
            // A text that was filled in is a text, even when it looks like a number now.
            return new Scalar(at, changed, plain && changed.equals(text));
        }

        @Override
        public String described() {
            if (isNothing()) {
                return "empty";
            }
            return isNumber() ? "the number " + text : Faults.quoted(text);
        }
    }

    record Items(Place at, List<Yaml> items) implements Yaml {
        @Override
        public int size() {
            return 1 + items.stream().mapToInt(Yaml::size).sum();
        }

        @Override
        public Items map(UnaryOperator<String> change) {
            return new Items(at, items.stream().map(item -> item.map(change)).toList());
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /// Keys with values, in the order of the file.
    ///
    /// @param whole false when a syntax error cut it off, so that nothing is said to be missing
    record Mapping(Place at, List<Entry> entries, boolean whole) implements Yaml {
        @Override
        public int size() {
            return 1 + entries.stream().mapToInt(entry -> 1 + entry.value().size()).sum();
        }

        @Override
        public Mapping map(UnaryOperator<String> change) {
            return new Mapping(at, entries.stream().map(e -> e.map(change)).toList(), whole);
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    record Entry(Scalar key, Yaml value) {
        Entry map(UnaryOperator<String> change) {
            return new Entry(key.map(change), value.map(change));
        }
    }
}
