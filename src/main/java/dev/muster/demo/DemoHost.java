package dev.muster.demo;

import java.util.List;
import java.util.Optional;

/// One host of the demo.
///
/// @param name as in `hosts.yaml`
/// @param repo the name of its one repo
/// @param path where the repo is, below the host's home
/// @param server empty for this machine itself
public record DemoHost(String name, String repo, String path, Optional<DemoServer> server) {
    static final List<DemoHost> CAST =
            List.of(
                    new DemoHost("laptop", "web", "web", Optional.empty()),
                    new DemoHost("dev-1", "api", "src/api", Optional.empty()),
                    new DemoHost("staging", "api", "api", Optional.empty()));

    /// Whether it is reached by SSH; `laptop` is this machine.
    boolean remote() {
        return !name.equals("laptop");
    }

    DemoHost at(DemoServer reached) {
        return new DemoHost(name, repo, path, Optional.of(reached));
    }

    /// How it is reached, for people.
    public String way() {
        return server.map(s -> "over SSH, " + s.kind() + " at 127.0.0.1:" + s.port())
                .orElse("this machine itself");
    }
}
