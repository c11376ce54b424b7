package dev.muster.host;

import dev.muster.host.Shape.Named;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Makes [Hosts] of a checked file: expands ranges, applies defaults, follows references.
final class HostsReader {
    static final String DEFAULT_AGENT = "claude";

    /// Room for some ten thousand hosts; what asks for more is a mistake, and would fill the heap.
    private static final int MAX_VALUES = 1_000_000;

    private final Path home;
    private final Faults faults;
    private int values;

    HostsReader(Path home, Faults faults) {
        this.home = home;
        this.faults = faults;
    }

    /// A host as it stands in the file.
    ///
    /// @param name of one host, a range's number filled in
    /// @param at where its name, or its range's, stands
    /// @param range the name as it was written
    /// @param host empty when its section was refused
    record Entry(String name, Place at, HostRange range, Fields fields, Optional<Host> host) {}

    /// Empty when nothing is to be had; what is wrong has been reported either way.
    Optional<Hosts> read(YamlText.Tree tree) {
        return HostsKeys.FILE.read(tree.root(), "the file", faults).map(file -> hosts(file, tree));
    }

    private Hosts hosts(Fields file, YamlText.Tree tree) {
        refusePlaceholders(tree.root());
        Map<String, Account> accounts = accounts(file);
        Map<String, AgentSpec> agents =
                new AgentsReader(accounts, faults)
                        .over(AgentSpec.builtIn(), file.all(HostsKeys.AGENTS));
        Fields defaults = file.get(HostsKeys.DEFAULTS).orElse(Fields.NONE);
        SequencedMap<String, Entry> entries = entries(file, defaults, agents, accounts);
        // What a cut off file refers to may stand further down.
        Faults judged = tree.whole() ? faults : faults.beside();
        defaults.located(HostsKeys.DEFAULT_AGENT)
                .ifPresent(agent -> HostReader.checkAgent(agent, agents, judged));
        References references = new References(entries, judged);
        references.check();
        SequencedMap<String, Host> hosts = new LinkedHashMap<>();
        entries.forEach((name, entry) -> entry.host().ifPresent(host -> hosts.put(name, host)));
        return new Hosts(
                hosts,
                references.groups(file.all(HostsKeys.GROUPS)),
                accounts,
                new Rules(
                        references.rules(file.all(HostsKeys.DENY)),
                        references.rules(file.all(HostsKeys.APPROVE))),
                new NoticesReader(references, home, judged)
                        .read(file.get(HostsKeys.NOTIFY).orElse(Fields.NONE)),
                tokens(file.get(HostsKeys.TOKENS).orElse(Fields.NONE)));
    }

    private static Tokens tokens(Fields section) {
        return new Tokens(section.get(HostsKeys.TOKENS_APPROVE).orElse(false));
    }

    /// Below `hosts`, each entry is looked at by itself.
    private void refusePlaceholders(Yaml root) {
        if (root instanceof Yaml.Mapping file) {
            for (Yaml.Entry entry : file.entries()) {
                String key = entry.key().text();
                if (!key.equals(HostsKeys.HOSTS.name()) && !key.startsWith("x-")) {
                    Placeholder.refuse(entry.value(), faults);
                }
            }
        }
    }

    private Map<String, Account> accounts(Fields file) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        Map<Map<String, String>, String> byEnv = new HashMap<>();
        for (Named<Fields> entry : file.all(HostsKeys.ACCOUNTS)) {
            Fields fields = entry.value().orElse(Fields.NONE);
            Map<String, String> env = HostReader.texts(fields.all(HostsKeys.ACCOUNT_ENV));
            accounts.put(entry.name(), new Account(entry.name(), fields.get(HostsKeys.TIER), env));
            String twin = entry.value().isEmpty() ? null : byEnv.putIfAbsent(env, entry.name());
            if (twin != null) {
                faults.warning(
                        entry.at(),
                        Faults.quoted(entry.name())
                                + " and `"
                                + twin
                                + "` are one account: their `env` is the same",
                        "keep one name, so that its quota is counted once");
            }
        }
        return accounts;
    }

    private SequencedMap<String, Entry> entries(
            Fields file,
            Fields defaults,
            Map<String, AgentSpec> agents,
            Map<String, Account> accounts) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        for (Named<Yaml> written : file.all(HostsKeys.HOSTS)) {
            HostRange range = rangeOf(written);
            Yaml section = written.value().orElseThrow();
            if (!fits(range, section, written.at())) {
                continue;
            }
            if (!range.isRange()) {
                Placeholder.refuse(section, faults);
            }
            boolean overlaps = false;
            for (int i = 0; i < range.names().size(); i++) {
                String name = range.names().get(i);
                Entry first = entries.get(name);
                if (first != null) {
                    if (!overlaps) {
                        overlap(name, first, written);
                    }
                    overlaps = true;
                    continue;
                }
                Yaml filled =
                        range.isRange()
                                ? Placeholder.fill(section, range.numbers().get(i))
                                : section;
                Faults here = faults.beside();
                HostReader reader = new HostReader(defaults, agents, accounts, home, here);
                Optional<Fields> fields =
                        HostsKeys.HOST.read(filled, "host " + Faults.quoted(name), here);
                Optional<Host> host = fields.flatMap(f -> reader.read(name, written.at(), f));
                faults.take(here);
                entries.put(
                        name,
                        new Entry(name, written.at(), range, fields.orElse(Fields.NONE), host));
            }
        }
        return entries;
    }

    private static HostRange rangeOf(Named<Yaml> written) {
        try {
            return HostRange.parse(written.name());
        } catch (Refused e) {
            throw new IllegalStateException("the shape of `hosts` let a bad name through", e);
        }
    }

    private boolean fits(HostRange range, Yaml section, Place at) {
        long wanted = values + (long) section.size() * range.names().size();
        if (wanted > MAX_VALUES) {
            faults.error(
                    at,
                    "with ranges filled in, the file holds more than 1,000,000 values",
                    "make the ranges smaller");
            return false;
        }
        values = (int) wanted;
        return true;
    }

    private void overlap(String name, Entry first, Named<Yaml> written) {
        String shown = Faults.quoted(written.name());
        String problem =
                name.equals(written.name())
                        ? "host " + shown
                        : "the range " + shown + " holds `" + name + "`, which";
        faults.error(
                written.at(),
                problem
                        + " is here already: `"
                        + first.range().text()
                        + "` on line "
                        + first.at().line(),
                "change one of the two so that each host is named once");
    }

    /// The words of which `wanted` may be a mistyped one.
    static Set<String> names(SequencedMap<String, Entry> entries) {
        Set<String> names = new LinkedHashSet<>(entries.keySet());
        new ArrayList<>(entries.values()).forEach(entry -> names.add(entry.range().text()));
        return names;
    }
}
