package dev.muster.fleet;

import dev.muster.session.SessionSpec;

/// A session as found on a host.
final class Adoption {
    private Adoption() {}

    /// The host's own files may have been written under another name of this host: the row belongs
    /// to the host that it was found on.
    static SessionSpec named(SessionSpec spec, String host) {
        return spec.host().equals(host) ? spec : spec.onHost(host);
    }
}
