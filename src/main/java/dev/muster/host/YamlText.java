package dev.muster.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Makes a tree of [Yaml] from a text, from the parser's events, so that each key keeps its place.
///
/// A syntax error ends the reading; what stood before it comes back all the same, so that other
/// mistakes up there are told in one go.
final class YamlText {
    private static final int MAX_CHARS = 1 << 20;
    private static final int MAX_DEPTH = 50;

    /// What the file may hold once aliases are followed: an alias bomb stops here.
    private static final int MAX_VALUES = 100_000;

    private final Faults faults;
    private final ParserImpl events;
    private final Map<String, Yaml> anchors = new HashMap<>();
    private final Set<String> openAnchors = new HashSet<>();
    private int values;
    private boolean broken;
    private Optional<MarkedYAMLException> cutOff = Optional.empty();

    private YamlText(String text, Faults faults) {
        this.faults = faults;
        this.events = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    /// @param whole false after a syntax error: the tree ends there
    record Tree(Yaml root, boolean whole) {}

    /// The one document of a text; empty when there is nothing to look at.
    static Optional<Tree> read(String text, Faults faults) {
        // A byte order mark is no part of the text, and would shift the first line's columns.
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (clean.length() > MAX_CHARS) {
            faults.error(
                    Place.START,
                    "the file is larger than 1 MiB",
                    "use ranges such as `dev-1..8`, and anchors for what repeats");
            return Optional.empty();
        }
        return printable(clean, faults)
                ? new YamlText(clean, faults).document(clean)
                : Optional.empty();
    }

    private static boolean printable(String text, Faults faults) {
        boolean fine = true;
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!StreamReader.isPrintable(c) || c == 0xFEFF) {
                faults.error(
                        new Place(line, column),
                        "the character " + Faults.codePoint(c) + " is not allowed in YAML",
                        "remove it, or write it as an escape in double quotes");
                fine = false;
            }
            boolean newLine = c == '\n' || (c == '\r' && !text.startsWith("\n", i));
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return fine;
    }

    private Optional<Tree> document(String text) {
        Optional<Tree> tree = Optional.empty();
        try {
            tree = root();
        } catch (MarkedYAMLException e) {
            cutOffBy(e);
        }
        cutOff.ifPresent(e -> SyntaxFault.report(e, text, faults));
        return tree;
    }

    private Optional<Tree> root() {
        next();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            faults.error(
                    Place.START,
                    "the file is empty",
                    "write at least `hosts:` with one host below it");
            return Optional.empty();
        }
        next();
        Yaml root = node(0);
        if (root == null) {
            return Optional.empty();
        }
        try {
            oneDocumentOnly();
        } catch (MarkedYAMLException e) {
            cutOffBy(e);
        }
        return Optional.of(new Tree(root, !broken));
    }

    private void oneDocumentOnly() {
        if (broken) {
            return;
        }
        next();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            faults.error(
                    place(next().getStartMark()),
                    "a second document starts here",
                    "a hosts file is one document: remove the `---`");
        }
    }

    private Event next() {
        return events.getEvent();
    }

    /// Null when nothing can be made of it, which has been reported then.
    private @Nullable Yaml node(int depth) {
        Event event = next();
        Place at = place(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return aliased(alias, at);
        }
        if (++values > MAX_VALUES) {
            return tooMuch(at);
        }
        if (depth > MAX_DEPTH) {
            faults.error(
                    at,
                    "nested more than " + MAX_DEPTH + " levels deep",
                    "a hosts file needs no more than eight");
            broken = true;
            return null;
        }
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            openAnchors.add(anchor);
        }
        Yaml node = anchored(event, at, depth);
        if (anchor != null) {
            openAnchors.remove(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }

    private Yaml anchored(Event event, Place at, int depth) {
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), at);
            return new Yaml.Scalar(at, scalar.getValue(), scalar.isPlain());
        }
        refuseTag(((CollectionStartEvent) event).getTag(), at);
        return event instanceof SequenceStartEvent ? items(at, depth) : mapping(at, depth);
    }

    private @Nullable Yaml tooMuch(Place at) {
        if (!broken) {
            faults.error(
                    at,
                    "with its aliases followed, the file holds more than 100,000 values",
                    "write ranges such as `dev-1..8` instead of aliases of aliases");
        }
        broken = true;
        return null;
    }

    private @Nullable Yaml aliased(AliasEvent alias, Place at) {
        String name = alias.getAnchor();
        Yaml target = anchors.get(name);
        if (openAnchors.contains(name)) {
            faults.error(
                    at, "`*" + name + "` stands inside of `&" + name + "` itself", "remove it");
            return null;
        }
        if (target == null) {
            faults.error(
                    at,
                    "`*" + name + "` refers to an anchor that is not set above",
                    Near.orElse(
                            name,
                            anchors.keySet(),
                            "set it with `&" + name + "`, or quote the value if it is a text"));
            return null;
        }
        values += target.size();
        return values > MAX_VALUES ? tooMuch(at) : target;
    }

    private void refuseTag(@Nullable String tag, Place at) {
        if (tag != null && !tag.equals("!") && !tag.equals("tag:yaml.org,2002:str")) {
            faults.error(
                    at,
                    "the tag " + Faults.quoted(tag) + " is not used here",
                    "remove it: the type of each value is known");
        }
    }

    private Yaml.Items items(Place at, int depth) {
        List<Yaml> items = new ArrayList<>();
        try {
            while (!broken && !events.checkEvent(Event.ID.SequenceEnd)) {
                Yaml item = node(depth + 1);
                if (item != null) {
                    items.add(item);
                }
            }
            end();
        } catch (MarkedYAMLException e) {
            cutOffBy(e);
        }
        return new Yaml.Items(at, items);
    }

    private Yaml.Mapping mapping(Place at, int depth) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        List<Yaml.Entry> merges = new ArrayList<>();
        boolean whole = true;
        try {
            while (!broken && !events.checkEvent(Event.ID.MappingEnd)) {
                Yaml key = node(depth + 1);
                Yaml value = broken ? null : node(depth + 1);
                whole &= key instanceof Yaml.Scalar && value != null;
                if (key instanceof Yaml.Scalar name && value != null) {
                    boolean merge = name.plain() && name.text().equals("<<");
                    if (merge) {
                        merges.add(new Yaml.Entry(name, value));
                    } else {
                        put(entries, new Yaml.Entry(name, value));
                    }
                } else if (key != null && !(key instanceof Yaml.Scalar)) {
                    faults.error(
                            key.at(), key.described() + " cannot be a key", "write a plain name");
                }
            }
            end();
        } catch (MarkedYAMLException e) {
            cutOffBy(e);
        }
        merges.forEach(merge -> merge(merge, entries));
        return new Yaml.Mapping(at, List.copyOf(entries.values()), whole && !broken);
    }

    private void end() {
        if (!broken) {
            next();
        }
    }

    private void cutOffBy(MarkedYAMLException e) {
        broken = true;
        cutOff = Optional.of(e);
    }

    private void put(Map<String, Yaml.Entry> entries, Yaml.Entry entry) {
        Yaml.Entry first = entries.putIfAbsent(entry.key().text(), entry);
        if (first != null) {
            faults.error(
                    entry.key().at(),
                    Faults.quoted(entry.key().text())
                            + " is here twice, first on line "
                            + first.key().at().line(),
                    "keep one of them");
        }
    }

    /// `<<: *common`, or a list of those, of which the first that has a key wins; a key of the
    /// mapping itself wins over all (yaml.org/type/merge.html).
    private void merge(Yaml.Entry merge, Map<String, Yaml.Entry> into) {
        List<Yaml> sources =
                merge.value() instanceof Yaml.Items list ? list.items() : List.of(merge.value());
        for (Yaml source : sources) {
            if (source instanceof Yaml.Mapping mapping) {
                mapping.entries().forEach(e -> into.putIfAbsent(e.key().text(), e));
            } else {
                faults.error(
                        merge.key().at(),
                        "`<<` merges mappings, and this is " + source.described(),
                        "write `<<: *name`, where `&name` marks a mapping");
            }
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
