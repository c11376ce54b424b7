package dev.muster.link;

import dev.muster.host.Host;

/// Opens links. One for the whole service: all SSH connections share one client.
public interface Connector extends AutoCloseable {
    /// Connects, verifies the host key and signs in; returns within 30 s either way.
    ///
    /// @throws LinkException saying why not
    Link connect(Host host) throws LinkException, InterruptedException;

    @Override
    void close();
}
