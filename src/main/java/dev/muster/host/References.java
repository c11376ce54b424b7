package dev.muster.host;

import dev.muster.host.HostsReader.Entry;
import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// Follows what hosts, groups and rules say of other hosts.
final class References {
    private static final int MAX_JUMPS = 30;

    private final SequencedMap<String, Entry> entries;
    private final Faults faults;
    private final Set<String> circled = new HashSet<>();
    private final Set<Place> judged = new HashSet<>();

    References(SequencedMap<String, Entry> entries, Faults faults) {
        this.entries = entries;
        this.faults = faults;
    }

    /// Jumps, and two names for one login.
    void check() {
        Faults here = faults.beside();
        entries.values().forEach(entry -> jumps(entry, here));
        twins(here);
        faults.take(here);
    }

    private void jumps(Entry entry, Faults here) {
        entry.fields()
                .located(HostsKeys.JUMP)
                .ifPresent(jump -> jump.value().forEach(hop -> hop(entry, hop, jump.at(), here)));
    }

    private void hop(Entry entry, Destination hop, Place at, Faults here) {
        String name = hop.toString();
        Entry target = entries.get(name);
        if (target == null) {
            mistyped(hop, at, here);
            return;
        }
        if (target.fields().get(HostsKeys.LOCAL).orElse(false)) {
            here.error(
                    at,
                    "`" + name + "` is this machine, so there is no way through it",
                    "remove the jump, or name a host that is reached by `ssh`");
            return;
        }
        List<String> circle = new ArrayList<>(List.of(entry.name()));
        if (isLong(name, new HashSet<>(), 1)) {
            here.error(
                    at,
                    "the way to `" + entry.name() + "` has more than " + MAX_JUMPS + " jumps",
                    "jump through fewer hosts");
            return;
        }
        if (leadsTo(entry.name(), name, circle, new HashSet<>())
                && Collections.disjoint(circle, circled)) {
            circled.addAll(circle);
            here.error(
                    at,
                    circle.size() == 2
                            ? "`" + name + "` jumps through itself"
                            : "the jumps go in a circle: " + String.join(" → ", circle),
                    "let one of them be reached without a jump");
        }
    }

    /// What is no host of the file may be an alias of `~/.ssh/config`: only what looks like a
    /// mistyped host is worth a word.
    private void mistyped(Destination hop, Place at, Faults here) {
        if (!judged.add(at)) {
            return; // once for all hosts of a range
        }
        boolean bare = hop.user().isEmpty() && hop.port().isEmpty() && !hop.name().contains(".");
        if (bare) {
            Near.of(hop.name(), entries.keySet())
                    .ifPresent(
                            near ->
                                    here.warning(
                                            at,
                                            "`"
                                                    + hop.name()
                                                    + "` is no host of this file, and is"
                                                    + " looked up in `~/.ssh/config`",
                                            "did you mean `" + near + "`?"));
        }
    }

    /// Whether the jumps go deeper than anybody means them to, without going in a circle.
    private boolean isLong(String from, Set<String> seen, int depth) {
        if (depth > MAX_JUMPS) {
            return true;
        }
        return seen.add(from)
                && hops(from).stream().anyMatch(hop -> isLong(hop.toString(), seen, depth + 1));
    }

    private List<Destination> hops(String name) {
        return Optional.ofNullable(entries.get(name))
                .flatMap(entry -> entry.fields().get(HostsKeys.JUMP))
                .orElse(List.of());
    }

    /// Whether jumps from `from` arrive at `goal`; then `path` holds the way there.
    private boolean leadsTo(String goal, String from, List<String> path, Set<String> seen) {
        if (!seen.add(from)) {
            return false;
        }
        path.add(from);
        if (goal.equals(from)) {
            return true;
        }
        for (Destination hop : hops(from)) {
            if (leadsTo(goal, hop.toString(), path, seen)) {
                return true;
            }
        }
        path.removeLast();
        return false;
    }

    private record Login(
            String name, Optional<String> user, OptionalInt port, Optional<String> jump) {}

    private void twins(Faults here) {
        Map<Object, Entry> seen = new HashMap<>();
        for (Entry entry : entries.values()) {
            entry.host()
                    .map(host -> login(host.reach()))
                    .map(login -> seen.putIfAbsent(login, entry))
                    .ifPresent(first -> twin(first, entry, here));
        }
    }

    private static Object login(Reach reach) {
        return switch (reach) {
            case Reach.Local local -> local;
            case Reach.Ssh ssh ->
                    new Login(
                            ssh.destination().toLowerCase(Locale.ROOT),
                            ssh.user(),
                            ssh.port(),
                            ssh.jump());
        };
    }

    private static void twin(Entry first, Entry second, Faults here) {
        if (first.range().equals(second.range())) {
            here.warning(
                    second.at(),
                    "all hosts of " + Faults.quoted(second.range().text()) + " are one account",
                    "write `{n}` where their addresses differ");
        } else {
            here.warning(
                    second.at(),
                    "`" + first.name() + "` and `" + second.name() + "` are one account",
                    "keep one name, or each session there is shown twice");
        }
    }

    /// The members of each group, all of which exist.
    Map<String, List<String>> groups(List<Named<List<Located<HostRange>>>> written) {
        List<String> names = written.stream().map(Named::name).toList();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Named<List<Located<HostRange>>> group : written) {
            group.value()
                    .ifPresent(ranges -> groups.put(group.name(), group(group, ranges, names)));
        }
        return groups;
    }

    private List<String> group(
            Named<List<Located<HostRange>>> group,
            List<Located<HostRange>> ranges,
            List<String> groups) {
        SequencedSet<String> members = new LinkedHashSet<>();
        for (Located<HostRange> range : ranges) {
            String text = range.value().text();
            if (groups.contains(text) && !entries.containsKey(text)) {
                faults.error(
                        range.at(),
                        "`" + text + "` is a group, and a group holds hosts only",
                        "write the hosts of `" + text + "` here");
                continue;
            }
            List<String> found = existing(range);
            if (!found.isEmpty() && members.containsAll(found)) {
                faults.warning(
                        range.at(),
                        "`" + text + "` is in `" + group.name() + "` already",
                        "remove it");
            }
            members.addAll(found);
        }
        return List.copyOf(members);
    }

    /// The hosts that ranges name, all of which exist.
    List<String> hosts(List<Located<HostRange>> ranges) {
        return ranges.stream().flatMap(range -> existing(range).stream()).distinct().toList();
    }

    List<Rules.Rule> rules(List<Located<Fields>> written) {
        List<Rules.Rule> rules = new ArrayList<>();
        for (Located<Fields> rule : written) {
            Fields fields = rule.value();
            List<String> hosts =
                    fields.located(HostsKeys.RULE_HOST).map(this::existing).orElse(List.of());
            fields.located(HostsKeys.RULE_REPO).ifPresent(this::checkRepo);
            Optional<String> tool = fields.get(HostsKeys.TOOL);
            Optional<String> pattern = fields.get(HostsKeys.PATTERN);
            if (tool.isPresent() && pattern.isPresent()) {
                rules.add(
                        new Rules.Rule(
                                tool.get(), pattern.get(), fields.get(HostsKeys.RULE_REPO), hosts));
            }
        }
        return rules;
    }

    /// Reports a repo that no host has.
    void checkRepo(Located<String> repo) {
        Set<String> known = new LinkedHashSet<>();
        for (Entry entry : entries.values()) {
            entry.fields().all(HostsKeys.REPOS).forEach(named -> known.add(named.name()));
        }
        if (!known.contains(repo.value())) {
            faults.error(
                    repo.at(),
                    "no host has a repo " + Faults.quoted(repo.value()),
                    Near.orElse(repo.value(), known, "name a repo of one of the hosts"));
        }
    }

    private List<String> existing(Located<HostRange> range) {
        List<String> missing =
                range.value().names().stream().filter(n -> !entries.containsKey(n)).toList();
        if (!missing.isEmpty()) {
            String text = range.value().text();
            faults.error(
                    range.at(),
                    missing.contains(text)
                            ? "there is no host " + Faults.quoted(text)
                            : "of the range "
                                    + Faults.quoted(text)
                                    + ", there is no `"
                                    + missing.getFirst()
                                    + "`",
                    Near.orElse(text, HostsReader.names(entries), "add it below `hosts`"));
        }
        return range.value().names().stream().filter(entries::containsKey).toList();
    }
}
