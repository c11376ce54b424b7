package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What people ask many hosts with today. Each is told to run `true` on every host: less than any
/// status costs, so that what it takes is the asking alone.
///
/// @param command null where it is not installed
record Peer(String name, Optional<List<String>> command) {

    /// @param sshConfig has an alias for each host
    static List<Peer> all(List<BenchHost> hosts, Path sshConfig) {
        List<String> names = hosts.stream().map(BenchHost::name).toList();
        String config = sshConfig.toString();
        return List.of(
                of(
                        "ssh",
                        "sh",
                        "-c",
                        "printf '%s\\n' \"$@\" | xargs -P 16 -I{} ssh -F '" + config + "' {} true",
                        "sh",
                        String.join("\n", names)),
                of(
                        "clush",
                        "clush",
                        "-f",
                        "64",
                        "-o",
                        "-F " + config,
                        "-w",
                        String.join(",", names),
                        "true"),
                of(
                        "parallel-ssh",
                        "parallel-ssh",
                        "-p",
                        "64",
                        "-x",
                        "-F " + config,
                        "-H",
                        String.join(" ", names),
                        "true"),
                of(
                        "ansible",
                        "ansible",
                        "all",
                        "-f",
                        "64",
                        "-i",
                        String.join(",", names) + ",",
                        "--ssh-common-args=-F " + config,
                        "-m",
                        "raw",
                        "-a",
                        "true"));
    }

    private static Peer of(String name, String... command) {
        return new Peer(name, Machine.has(name) ? Optional.of(List.of(command)) : Optional.empty());
    }

    /// @return milliseconds as a whole process
    static double time(ProcessBuilder builder, Path out) throws IOException, InterruptedException {
        builder.redirectErrorStream(true).redirectOutput(out.toFile());
        long from = System.nanoTime();
        int status = builder.start().waitFor();
        double took = BenchService.millisSince(from);
        if (status != 0) {
            throw new IOException(
                    builder.command().getFirst() + " " + status + ": " + Files.readString(out));
        }
        return took;
    }
}
