package dev.muster.host;

import java.nio.file.Path;
import java.util.List;

/// Reads a `hosts.yaml`.
public final class HostsFile {
    private HostsFile() {}

    /// What reading gave: hosts, or faults, or hosts with warnings.
    public sealed interface Result {
        record Good(Hosts hosts, List<Fault> warnings) implements Result {}

        record Bad(List<Fault> faults) implements Result {}
    }

    /// Reads and checks a text; `file` is for messages only.
    public static Result parse(String text, Path file) {
        throw new UnsupportedOperationException("hosts.yaml is not read yet");
    }
}
