package dev.muster.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Where this service keeps its things; set by {@link ServiceMain} from the command line and the
/// environment.
@ConfigMapping(prefix = "muster.service")
public interface ServiceSettings {
    Path configFolder();

    Path dataFolder();

    Path cacheFolder();

    /// What `~` means, and `HOME` on a local host.
    Path home();

    /// The value of `--hosts`.
    Optional<Path> hosts();

    /// Names besides loopback's that requests may carry in `Host`, for a service behind TLS.
    Optional<Set<String>> names();

    /// Whether `$MUSTER_HOSTS` counts.
    @WithDefault("true")
    boolean environment();

    /// From how many bytes on a host's journal goes on in another file.
    Optional<Long> journalBytes();

    /// Whether it speaks TLS itself.
    @WithDefault("false")
    boolean tls();
}
