package dev.muster.link;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Passphrases and passwords that a person gave for hosts, in memory only.
public final class Secrets {
    /// What a secret opens.
    public enum Kind {
        PASSPHRASE,
        PASSWORD;

        /// As `LinkFailure.Locked` and the API name it.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// @throws IllegalArgumentException for another word
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }

    private record Key(String host, Kind kind) {}

    private final Map<Key, char[]> secrets = new ConcurrentHashMap<>();

    /// Keeps a copy of a secret, in the place of the one before; the caller's array is wiped.
    ///
    /// @param host a name of `hosts.yaml`; for a jump host that is not there, what it is called
    public void put(String host, Kind kind, char[] secret) {
        wipe(secrets.put(new Key(host, kind), secret.clone()));
        Arrays.fill(secret, '\0');
    }

    /// Forgets and wipes a secret: one that turned out wrong, or of a host that went.
    public void forget(String host, Kind kind) {
        wipe(secrets.remove(new Key(host, kind)));
    }

    /// Forgets and wipes everything.
    public void clear() {
        for (Key key : secrets.keySet()) {
            forget(key.host(), key.kind());
        }
    }

    /// As text, because SSH's library takes nothing else; it is not kept.
    Optional<String> get(String host, Kind kind) {
        return Optional.ofNullable(secrets.get(new Key(host, kind))).map(String::new);
    }

    private static void wipe(char @org.jspecify.annotations.Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
