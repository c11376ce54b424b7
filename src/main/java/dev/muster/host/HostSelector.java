package dev.muster.host;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Names hosts, wherever a person does: `dev-1`, `dev-1..4`, `@backend`, or several of those with
/// commas between.
public final class HostSelector {
    private HostSelector() {}

    /// What a selector meant.
    public sealed interface Selection {
        /// Hosts that exist.
        ///
        /// @param hosts names of the file, each once, in the order of the selector
        record Found(List<String> hosts) implements Selection {}

        /// Something that names no host.
        ///
        /// @param problem what does not exist, or cannot be read
        /// @param fix what may have been meant
        record Unknown(String problem, String fix) implements Selection {}
    }

    /// Whether a text can only be meant as more than one host: it has `..`, `@` or a comma.
    public static boolean isPlural(String selector) {
        return selector.startsWith("@") || selector.contains(",") || selector.contains("..");
    }

    /// Finds the hosts that a selector names. Of a range, each must exist.
    public static Selection resolve(String selector, Hosts hosts) {
        return resolve(List.of(selector), hosts);
    }

    /// Finds the hosts that several selectors name together.
    public static Selection resolve(List<String> selectors, Hosts hosts) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (String selector : selectors) {
            for (String part : selector.split(",", -1)) {
                switch (one(part.strip(), hosts)) {
                    case Selection.Found found -> names.addAll(found.hosts());
                    case Selection.Unknown unknown -> {
                        return unknown;
                    }
                }
            }
        }
        return new Selection.Found(List.copyOf(names));
    }

    private static Selection one(String part, Hosts hosts) {
        if (part.startsWith("@")) {
            return group(part.substring(1), hosts);
        }
        HostRange range;
        try {
            range = HostRange.parse(part);
        } catch (Refused e) {
            return new Selection.Unknown(
                    "the host " + Faults.quoted(part) + " " + e.problem(), e.fix());
        }
        return range.names().stream()
                .filter(name -> !hosts.hosts().containsKey(name))
                .findFirst()
                .map(missing -> missing(part, missing, hosts))
                .orElseGet(() -> new Selection.Found(range.names()));
    }

    private static Selection missing(String part, String name, Hosts hosts) {
        String in = part.equals(name) ? "" : ", which is in `" + part + "`";
        if (hosts.groups().containsKey(part)) {
            return new Selection.Unknown(
                    "there is no host `" + name + "`, but a group", "write `@" + part + "`");
        }
        // A wrong number is no typing mistake: say which numbers there are.
        List<String> kin =
                hosts.hosts().keySet().stream()
                        .filter(host -> bare(host).equals(bare(name)))
                        .toList();
        String fix =
                switch (kin.size()) {
                    case 0 ->
                            Near.orElse(
                                    name,
                                    hosts.hosts().keySet(),
                                    "`muster hosts` lists those that there are");
                    case 1 -> "there is `" + kin.getFirst() + "`";
                    default -> "there are `" + kin.getFirst() + "` to `" + kin.getLast() + "`";
                };
        return new Selection.Unknown("there is no host `" + name + "`" + in, fix);
    }

    private static String bare(String name) {
        return name.replaceAll("\\d+", "#");
    }

    private static Selection group(String group, Hosts hosts) {
        List<String> members = hosts.groups().get(group);
        if (members != null) {
            return new Selection.Found(members);
        }
        List<String> groups = new ArrayList<>(hosts.groups().keySet());
        String known =
                groups.isEmpty()
                        ? "the hosts file has no `groups`"
                        : "there are @" + String.join(", @", groups);
        return new Selection.Unknown(
                "there is no group " + Faults.quoted("@" + group),
                Near.of(group, groups).map(near -> "did you mean `@" + near + "`?").orElse(known));
    }
}
