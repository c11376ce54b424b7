package dev.muster.web;

import dev.muster.fleet.Fleet;
import dev.muster.host.Fault;
import dev.muster.host.Folders;
import dev.muster.host.Hosts;
import dev.muster.host.HostsFile;
import dev.muster.host.HostsLocation;
import dev.muster.host.HostsWatcher;
import dev.muster.host.HostsWatcher.Update;
import dev.muster.host.Notices;
import dev.muster.host.Rules;
import dev.muster.host.Tokens;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The hosts file that this service stands by: read at start, then watched. A good version goes to
/// the fleet at once; of a bad one the faults are kept for whoever asks.
@ApplicationScoped
public class HostsSource {
    private static final Logger LOG = Logger.getLogger(HostsSource.class);

    private final HostsLocation location;
    private volatile @Nullable HostsWatcher watcher;

    HostsSource(ServiceSettings settings, Folders folders) {
        this.location =
                HostsLocation.of(
                        settings.hosts(),
                        environment(settings),
                        folders,
                        Path.of("").toAbsolutePath());
    }

    /// A service that was told its folders by its settings alone stays within them.
    private static Map<String, String> environment(ServiceSettings settings) {
        return settings.environment() ? System.getenv() : Map.of();
    }

    /// Reads the file and gives the fleet its hosts; from then on each change of the file as well.
    void start(Fleet fleet) {
        HostsWatcher.State first = read();
        fleet.apply(first.hosts());
        watcher =
                HostsWatcher.start(
                        location.file(),
                        first,
                        HostsWatcher.Timing.USUAL,
                        update -> taken(update, fleet));
    }

    private HostsWatcher.State read() {
        if (!location.mustExist() && !Files.exists(location.file())) {
            LOG.infof("no %s: this machine is the only host, `local`", location.file());
            return new HostsWatcher.State(Hosts.local(), Optional.empty(), List.of());
        }
        HostsFile.Snapshot snapshot = HostsFile.read(location.file());
        return switch (snapshot.result()) {
            case HostsFile.Result.Good good ->
                    new HostsWatcher.State(good.hosts(), snapshot.sha256(), good.warnings());
            case HostsFile.Result.Bad bad -> {
                // The service starts all the same: `muster status` says what is wrong, and the
                // file is taken up as soon as it is mended.
                bad.faults().forEach(fault -> LOG.error(fault.toString()));
                yield new HostsWatcher.State(none(), Optional.empty(), bad.faults());
            }
        };
    }

    private static Hosts none() {
        return new Hosts(
                new LinkedHashMap<>(), Map.of(), Map.of(), Rules.NONE, Notices.NONE, Tokens.NONE);
    }

    private void taken(Update update, Fleet fleet) {
        switch (update) {
            case Update.Applied applied -> {
                applied.warnings().forEach(fault -> LOG.warn(fault.toString()));
                fleet.apply(applied.hosts());
                LOG.infof("took up %s: %d hosts", location.file(), applied.hosts().hosts().size());
            }
            case Update.Refused refused -> {
                LOG.errorf("%s is not taken up; the hosts stay as they were", location.file());
                refused.faults().forEach(fault -> LOG.error(fault.toString()));
            }
        }
    }

    /// The file that is read, if there is one or somebody asked for one.
    Optional<Path> file() {
        return location.mustExist() || digest().isPresent()
                ? Optional.of(location.file())
                : Optional.empty();
    }

    /// SHA-256 of what is in force, in hex.
    Optional<String> digest() {
        return state().flatMap(HostsWatcher.State::sha256);
    }

    /// What is wrong with the newest version of the file: errors only.
    List<String> errors() {
        return state().map(HostsWatcher.State::faults).orElse(List.of()).stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .map(Fault::toString)
                .toList();
    }

    private Optional<HostsWatcher.State> state() {
        return Optional.ofNullable(watcher).map(HostsWatcher::state);
    }

    @PreDestroy
    void close() {
        HostsWatcher open = watcher;
        if (open != null) {
            open.close();
        }
    }
}
