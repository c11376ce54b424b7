package dev.muster.fleet;

/// How a host can be reached now.
public enum HostState {
    CONNECTING("connecting"),
    ONLINE("online"),
    OFFLINE("offline"),
    /// A secret is needed: `muster unlock`.
    LOCKED("locked"),
    AUTH_FAILED("auth-failed"),
    HOST_KEY_UNKNOWN("host-key-unknown"),
    HOST_KEY_CHANGED("host-key-changed"),
    /// The server shuts this address out for a while.
    PENALISED("penalised"),
    /// No longer in `hosts.yaml`: its rows stay until they are forgotten.
    DISABLED("disabled");

    private final String word;

    HostState(String word) {
        this.word = word;
    }

    /// The word that people and programs see.
    public String word() {
        return word;
    }
}
