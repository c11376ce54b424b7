package dev.muster.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Which hosts file is meant, and who says so. The current directory is never looked at: a cloned
/// repo must not name the hosts that keys go to.
///
/// @param file absolute
public record HostsLocation(Path file, Source source) {
    /// The variable that names the file.
    public static final String VARIABLE = "MUSTER_HOSTS";

    /// Who named the file.
    public enum Source {
        OPTION,
        ENVIRONMENT,
        DEFAULT
    }

    /// Finds out which file is meant.
    ///
    /// @param option the value of `--hosts`; a relative path starts at `workingFolder`
    /// @throws IllegalArgumentException when `$MUSTER_HOSTS` is relative, since another file would
    ///     be meant in each folder
    public static HostsLocation of(
            Optional<Path> option, Map<String, String> env, Folders folders, Path workingFolder) {
        if (option.isPresent()) {
            Path file = workingFolder.resolve(option.get()).toAbsolutePath().normalize();
            return new HostsLocation(file, Source.OPTION);
        }
        String value = env.getOrDefault(VARIABLE, "");
        if (value.isEmpty()) {
            return new HostsLocation(folders.hostsFile(), Source.DEFAULT);
        }
        if (!value.startsWith("/")) {
            throw new IllegalArgumentException(
                    "$"
                            + VARIABLE
                            + " is "
                            + Faults.quoted(value)
                            + ", a relative path, which means another file in each folder;"
                            + " set it to an absolute path, or use --hosts");
        }
        return new HostsLocation(Path.of(value).normalize(), Source.ENVIRONMENT);
    }

    /// Whether somebody asked for this very file, so that its absence is a mistake. The default
    /// one may be missing: then this machine is the only host ([Hosts#local]).
    public boolean mustExist() {
        return source != Source.DEFAULT;
    }
}
