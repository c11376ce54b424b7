package dev.muster.host;

import java.util.List;
import java.util.Optional;

/// What is answered without asking a person: `deny` is looked at before `approve`, and within each
/// the first rule that matches counts. What no rule matches is asked.
public record Rules(List<Rule> deny, List<Rule> approve) {
    /// Everything is asked.
    public static final Rules NONE = new Rules(List.of(), List.of());

    public Rules {
        deny = List.copyOf(deny);
        approve = List.copyOf(approve);
    }

    /// One rule.
    ///
    /// @param tool the tool's name as the agent says it
    /// @param pattern what the tool is asked to do; `*` stands for any text
    /// @param repo only in this repo; empty: in each
    /// @param hosts only on these; empty: on each
    public record Rule(String tool, String pattern, Optional<String> repo, List<String> hosts) {
        public Rule {
            hosts = List.copyOf(hosts);
        }
    }
}
