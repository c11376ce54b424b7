package dev.muster.link;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is offered to one server to sign in with, in order. The agent's connection is closed with
/// the attempt.
///
/// @param keys to offer, in this order
/// @param locked key files that need a passphrase nobody gave
/// @param password the password that a person gave for the host
/// @param agent the connection to the agent that holds the agent's keys
record Offer(
        List<Key> keys, List<Path> locked, Optional<String> password, @Nullable AgentClient agent)
        implements AutoCloseable {

    sealed interface Key {
        /// One that the agent holds.
        record InAgent(PublicKey key, String comment) implements Key {}

        /// One that was read from a file.
        record FromFile(KeyPair pair) implements Key {}
    }

    @Override
    public void close() {
        if (agent != null) {
            Closing.quietly(agent);
        }
    }

    @Override
    public String toString() {
        return "Offer[" + keys.size() + " keys, " + locked.size() + " locked]";
    }
}
