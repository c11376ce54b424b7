package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a start begins with, kept under a name: `~/.config/muster/templates/NAME.yaml`, which says
/// all of this but the name.
///
/// @param hosts the hosts that it is meant for; empty: to be chosen at each start
/// @param prompt words in double braces, `{{ticket}}`, are asked for at each start
/// @param headless as in a start
public record Template(
        String name,
        List<String> hosts,
        @Nullable String repo,
        @Nullable String base,
        @Nullable String branch,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String account,
        @Nullable String headless,
        @Nullable String prompt) {

    public Template {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }
}
