package dev.muster.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/// A private key on this machine's disk, as OpenSSH (or PEM) writes it. It is read for one attempt
/// to connect and never copied.
record IdentityFile(Path path) {
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";

    /// What loading gave.
    sealed interface Loaded {
        record Keys(List<KeyPair> pairs) implements Loaded {}

        record NeedsPassphrase() implements Loaded {}

        record WrongPassphrase() implements Loaded {}

        record Unreadable(String why) implements Loaded {}
    }

    /// The public half, without a passphrase: from the `.pub` beside it, or from the file itself,
    /// which in OpenSSH's format holds it in the clear (PROTOCOL.key of OpenSSH).
    Optional<PublicKey> publicKey() {
        return fromPublicFile(path.resolveSibling(path.getFileName() + ".pub"))
                .or(() -> fromPublicFile(path))
                .or(this::fromPrivateFile);
    }

    private static Optional<PublicKey> fromPublicFile(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (text.startsWith("-----") || text.isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(
                    PublicKeyEntry.parsePublicKeyEntry(text)
                            .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<PublicKey> fromPrivateFile() {
        try {
            String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            if (!text.startsWith(OPENSSH)) {
                return Optional.empty();
            }
            String body = text.substring(OPENSSH.length(), text.indexOf("-----END"));
            byte[] bytes = Base64.getMimeDecoder().decode(body);
            ByteArrayBuffer buffer = new ByteArrayBuffer(bytes);
            buffer.rpos(MAGIC.length());
            buffer.getString();
            buffer.getString();
            buffer.getBytes();
            int keys = buffer.getInt();
            return keys < 1
                    ? Optional.empty()
                    : Optional.ofNullable(new ByteArrayBuffer(buffer.getBytes()).getRawPublicKey());
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    /// Reads the private key.
    ///
    /// @param passphrase for an encrypted one
    Loaded load(Optional<String> passphrase) {
        Asked asked = new Asked(passphrase);
        try (InputStream in = Files.newInputStream(path)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, new PathResource(path), in, asked);
            if (pairs == null) {
                return new Loaded.Unreadable("it holds no private key");
            }
            List<KeyPair> all = new ArrayList<>();
            pairs.forEach(all::add);
            return new Loaded.Keys(List.copyOf(all));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (!asked.wasAsked) {
                return new Loaded.Unreadable(Texts.cause(e));
            }
            return passphrase.isPresent()
                    ? new Loaded.WrongPassphrase()
                    : new Loaded.NeedsPassphrase();
        }
    }

    /// Knows whether the file turned out to be encrypted.
    private static final class Asked implements FilePasswordProvider {
        private final Optional<String> passphrase;
        private boolean wasAsked;

        Asked(Optional<String> passphrase) {
            this.passphrase = passphrase;
        }

        @Override
        public @Nullable String getPassword(
                org.apache.sshd.common.session.@Nullable SessionContext session,
                org.apache.sshd.common.NamedResource resource,
                int retry) {
            wasAsked = true;
            return retry == 0 ? passphrase.orElse(null) : null;
        }
    }
}
