package dev.muster.link;

import dev.muster.link.LinkFailure.Locked;
import dev.muster.link.LinkFailure.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;

/// Finds what to offer to a server: keys of the agent and of identity files, in OpenSSH's order.
final class Offers {
    private final SshAgent agent;
    private final Secrets secrets;

    Offers(SshAgent agent, Secrets secrets) {
        this.agent = agent;
        this.secrets = secrets;
    }

    /// First identity files that the agent holds, then the agent's others unless only the named are
    /// to be offered, then files that can be read here. What the agent holds is never decrypted.
    Offer prepare(SshTarget target) throws LinkException {
        AgentClient client = connectAgent(target.agent());
        boolean done = false;
        try {
            Map<String, Offer.Key.InAgent> held = held(client);
            List<Offer.Key> keys = new ArrayList<>();
            List<Offer.Key> files = new ArrayList<>();
            List<Path> locked = new ArrayList<>();
            for (Path path : target.identities()) {
                if (!Files.isReadable(path)) {
                    requireOptional(target, path);
                    continue;
                }
                IdentityFile file = new IdentityFile(path);
                Optional<PublicKey> known = file.publicKey();
                Offer.Key.InAgent inAgent =
                        known.map(key -> held.remove(KeyUtils.getFingerPrint(key))).orElse(null);
                if (inAgent != null) {
                    keys.add(inAgent);
                } else {
                    read(target, file, files, locked);
                }
            }
            if (!target.onlyIdentities()) {
                keys.addAll(held.values());
            }
            keys.addAll(files);
            done = true;
            return new Offer(
                    List.copyOf(keys),
                    List.copyOf(locked),
                    secrets.get(target.host(), Secrets.Kind.PASSWORD),
                    client);
        } finally {
            if (!done && client != null) {
                Closing.quietly(client);
            }
        }
    }

    private static void requireOptional(SshTarget target, Path path) throws LinkException {
        if (target.identityRequired()) {
            throw new LinkException(
                    new Misconfigured(
                            "hosts.yaml names the identity "
                                    + path
                                    + " for "
                                    + target.host()
                                    + ", and that file "
                                    + (Files.exists(path) ? "can't be read" : "does not exist")));
        }
    }

    private void read(SshTarget target, IdentityFile file, List<Offer.Key> files, List<Path> locked)
            throws LinkException {
        Optional<String> passphrase = secrets.get(target.host(), Secrets.Kind.PASSPHRASE);
        switch (file.load(passphrase)) {
            case IdentityFile.Loaded.Keys(var pairs) ->
                    pairs.forEach(pair -> files.add(new Offer.Key.FromFile(pair)));
            case IdentityFile.Loaded.NeedsPassphrase _ -> locked.add(file.path());
            case IdentityFile.Loaded.WrongPassphrase _ -> {
                // Several encrypted files may have several passphrases: wrong for one is no error
                // while the host's one identity is not settled.
                if (target.identityRequired() || target.identities().size() == 1) {
                    secrets.forget(target.host(), Secrets.Kind.PASSPHRASE);
                    throw new LinkException(
                            new Locked(
                                    "passphrase",
                                    "the passphrase given for "
                                            + target.host()
                                            + " does not open "
                                            + file.path()
                                            + ": `muster unlock "
                                            + target.host()
                                            + "` asks again"));
                }
                locked.add(file.path());
            }
            case IdentityFile.Loaded.Unreadable(var why) -> {
                if (target.identityRequired()) {
                    throw new LinkException(
                            new Misconfigured(
                                    "the identity "
                                            + file.path()
                                            + " of "
                                            + target.host()
                                            + " is no private key that Muster can read: "
                                            + why));
                }
            }
        }
    }

    private @org.jspecify.annotations.Nullable AgentClient connectAgent(SshTarget.Agent choice) {
        Optional<Path> socket =
                switch (choice) {
                    case SshTarget.Agent.Default _ -> agent.socket();
                    case SshTarget.Agent.Socket(var path) -> Optional.of(path);
                    case SshTarget.Agent.None _ -> Optional.empty();
                };
        try {
            return socket.isPresent() ? AgentClient.connect(socket.get()) : null;
        } catch (IOException _) {
            // A dead agent is as good as none: files may do, and if not the failure says so.
            return null;
        }
    }

    private static Map<String, Offer.Key.InAgent> held(
            @org.jspecify.annotations.Nullable AgentClient client) {
        Map<String, Offer.Key.InAgent> held = new LinkedHashMap<>();
        if (client != null) {
            try {
                for (var entry : client.getIdentities()) {
                    held.put(
                            KeyUtils.getFingerPrint(entry.getKey()),
                            new Offer.Key.InAgent(entry.getKey(), entry.getValue()));
                }
            } catch (IOException _) {
                return Map.of();
            }
        }
        return held;
    }
}
