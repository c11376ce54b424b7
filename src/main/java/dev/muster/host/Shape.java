package dev.muster.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a value of the file must look like: reads it, and draws the schema for editors
/// ([HostsSchema]), so that the two cannot differ.
///
/// @param <T> what reading gives
sealed interface Shape<T> {

    /// Reads a value, or reports why that cannot be done.
    ///
    /// @param subject what to call the value in a message: `` `base` ``
    Optional<T> read(Yaml node, String subject, Faults faults);

    /// A value with its place, for what can only be judged later: references.
    record Located<T>(T value, Place at) {}

    /// An entry of a mapping from free names.
    ///
    /// @param value empty when it was refused: the name exists all the same
    record Named<T>(String name, Place at, Optional<T> value) {}

    /// Checks a text and turns it into what it stands for.
    @FunctionalInterface
    interface Check<T> {
        T of(String text) throws Refused;
    }

    /// A text.
    ///
    /// @param wanted what to write, for messages: ``a branch, such as `main` ``
    /// @param pattern regular expression for editors, as far as one can say it; empty: any text
    /// @param choices the only texts allowed, in place of a pattern; empty: no such list
    /// @param loose numbers and yes or no, unquoted, are taken as the text that was written
    /// @param secret what was written is repeated in no message: it may be a key
    record Text<T>(
            String wanted,
            String pattern,
            List<String> choices,
            boolean loose,
            boolean secret,
            Check<T> check)
            implements Shape<T> {

        static <T> Text<T> of(String wanted, String pattern, Check<T> check) {
            return new Text<>(wanted, pattern, List.of(), false, false, check);
        }

        static Text<String> choice(List<String> choices) {
            String wanted = "one of " + String.join(", ", choices);
            return new Text<>(
                    wanted,
                    "",
                    choices,
                    false,
                    false,
                    text -> {
                        if (choices.contains(text)) {
                            return text;
                        }
                        throw new Refused(
                                "is none of " + String.join(", ", choices),
                                Near.orElse(text, choices, "write " + wanted));
                    });
        }

        Text<T> orNumber() {
            return new Text<>(wanted, pattern, choices, true, secret, check);
        }

        Text<T> unspoken() {
            return new Text<>(wanted, pattern, choices, loose, true, check);
        }

        @Override
        public Optional<T> read(Yaml node, String subject, Faults faults) {
            if (!(node instanceof Yaml.Scalar scalar) || scalar.isNothing()) {
                faults.error(node.at(), subject + " is " + node.described(), "write " + wanted);
                return Optional.empty();
            }
            if (!loose && (scalar.isNumber() || scalar.flag().isPresent())) {
                faults.error(
                        node.at(),
                        subject + " is " + node.described() + ", not a text",
                        "write " + wanted + "; in quotes if this is meant");
                return Optional.empty();
            }
            try {
                return Optional.of(check.of(scalar.text()));
            } catch (Refused e) {
                faults.error(
                        node.at(),
                        subject + (secret ? " " : shown(scalar.text())) + e.problem(),
                        e.fix());
                return Optional.empty();
            }
        }
    }

    private static String shown(String text) {
        return text.isEmpty() ? " " : " " + Faults.quoted(text) + " ";
    }

    /// `true` or `false`.
    record Flag() implements Shape<Boolean> {
        @Override
        public Optional<Boolean> read(Yaml node, String subject, Faults faults) {
            Optional<Boolean> flag =
                    node instanceof Yaml.Scalar scalar ? scalar.flag() : Optional.empty();
            if (flag.isEmpty()) {
                boolean quoted = node instanceof Yaml.Scalar scalar && !scalar.plain();
                faults.error(
                        node.at(),
                        subject + " is " + (quoted ? "the text " : "") + node.described(),
                        "write `true` or `false`, without quotes");
            }
            return flag;
        }
    }

    /// A list. What is wrong in it is left out.
    ///
    /// @param mayBeEmpty whether a list of nothing makes sense
    record ListOf<T>(String example, Shape<T> item, boolean mayBeEmpty)
            implements Shape<List<Located<T>>> {
        @Override
        public Optional<List<Located<T>>> read(Yaml node, String subject, Faults faults) {
            if (!(node instanceof Yaml.Items items)) {
                faults.error(
                        node.at(),
                        subject + " is " + node.described(),
                        "write a list: `" + example + "`");
                return Optional.empty();
            }
            if (items.items().isEmpty() && !mayBeEmpty) {
                faults.error(node.at(), subject + " is empty", "write `" + example + "`");
            }
            List<Located<T>> read = new ArrayList<>();
            for (Yaml value : items.items()) {
                item.read(value, "in " + subject + ", the item", faults)
                        .ifPresent(good -> read.add(new Located<>(good, value.at())));
            }
            return Optional.of(read);
        }
    }

    /// A mapping from names of the user's choice. A refused name is left out.
    ///
    /// @param mayBeEmpty whether a mapping of nothing makes sense
    record MapOf<T>(String example, Text<String> name, Shape<T> value, boolean mayBeEmpty)
            implements Shape<List<Named<T>>> {
        @Override
        public Optional<List<Named<T>>> read(Yaml node, String subject, Faults faults) {
            if (!(node instanceof Yaml.Mapping mapping)) {
                faults.error(
                        node.at(),
                        subject + " is " + node.described(),
                        "write a mapping: `" + example + "`");
                return Optional.empty();
            }
            if (mapping.entries().isEmpty() && mapping.whole() && !mayBeEmpty) {
                faults.error(node.at(), subject + " is empty", "write `" + example + "`");
            }
            List<Named<T>> read = new ArrayList<>();
            Set<String> taken = new HashSet<>();
            for (Yaml.Entry entry : mapping.entries()) {
                Optional<String> key = name.read(entry.key(), "the name", faults);
                Optional<T> good =
                        value.read(entry.value(), Faults.quoted(entry.key().text()), faults);
                if (key.isPresent() && !taken.add(key.get())) {
                    // Only `{n}` leads here: what is written twice has been told before.
                    faults.error(
                            entry.key().at(),
                            "with `{n}` filled in, " + Faults.quoted(key.get()) + " is here twice",
                            "give one of them another name");
                } else {
                    key.ifPresent(k -> read.add(new Named<>(k, entry.key().at(), good)));
                }
            }
            return Optional.of(read);
        }
    }

    /// A key that people try, and that is said otherwise here.
    ///
    /// @param key the key that takes its place
    /// @param fix how to write it
    record Elsewhere(String key, String fix) {
        static Elsewhere mistyped(String key) {
            return new Elsewhere(key, "did you mean `" + key + "`?");
        }
    }

    /// A mapping with known keys.
    ///
    /// @param elsewhere what to say of keys that people try and that are said otherwise here
    record Section(
            String what,
            String example,
            List<Key<?>> keys,
            Map<String, Elsewhere> elsewhere,
            boolean extensible)
            implements Shape<Fields> {

        static Section of(String what, String example, Key<?>... keys) {
            return new Section(what, example, List.of(keys), Map.of(), false);
        }

        Section withHints(Map<String, Elsewhere> hints) {
            return new Section(what, example, keys, hints, extensible);
        }

        /// Lets keys that begin with `x-` stand, as places for anchors.
        Section withExtensions() {
            return new Section(what, example, keys, elsewhere, true);
        }

        @Override
        public Optional<Fields> read(Yaml node, String subject, Faults faults) {
            if (!(node instanceof Yaml.Mapping mapping)) {
                faults.error(
                        node.at(),
                        subject + " is " + node.described(),
                        "write a mapping: `" + example + "`");
                return Optional.empty();
            }
            Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
            Map<String, Located<?>> values = new HashMap<>();
            Map<String, Place> places = new HashMap<>();
            for (Yaml.Entry entry : mapping.entries()) {
                if (keys.stream().noneMatch(key -> key.name().equals(entry.key().text()))) {
                    unknown(entry.key(), places, faults);
                }
            }
            for (Key<?> key : keys) {
                Yaml.Entry entry = entries.get(key.name());
                if (entry != null) {
                    places.put(key.name(), entry.key().at());
                    key.shape()
                            .read(entry.value(), "`" + key.name() + "`", faults)
                            .ifPresent(
                                    v ->
                                            values.put(
                                                    key.name(),
                                                    new Located<>(v, entry.value().at())));
                } else if (key.required() && mapping.whole() && !places.containsKey(key.name())) {
                    faults.error(
                            node.at(),
                            what + " needs `" + key.name() + "`",
                            "add `" + key.name() + ":`, " + key.about());
                }
            }
            return Optional.of(new Fields(node.at(), values, places, mapping.whole()));
        }

        /// What was meant counts as written, so that it is not said to be missing as well.
        private void unknown(Yaml.Scalar key, Map<String, Place> places, Faults faults) {
            if (extensible && key.text().startsWith("x-")) {
                return;
            }
            List<String> known = keys.stream().map(Key::name).toList();
            Optional<Elsewhere> meant =
                    Optional.ofNullable(elsewhere.get(key.text()))
                            .or(() -> Near.of(key.text(), known).map(Elsewhere::mistyped));
            meant.ifPresent(there -> places.putIfAbsent(there.key(), key.at()));
            faults.error(
                    key.at(),
                    "unknown key " + Faults.quoted(key.text()) + " in " + what,
                    meant.map(Elsewhere::fix).orElse("known are " + String.join(", ", known)));
        }
    }

    /// A value that is read later, more than once: a host of a range, once for each number.
    record Later(Shape<Fields> shape) implements Shape<Yaml> {
        @Override
        public Optional<Yaml> read(Yaml node, String subject, Faults faults) {
            return Optional.of(node);
        }
    }
}
