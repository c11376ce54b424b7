package dev.muster.link;

import dev.muster.link.LinkFailure.OfferedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/// The lines of known_hosts files, as sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT", describes them, and
/// what they say about a key.
record KnownHosts(List<KnownHostLine> lines) {

    /// Reads files in order; one that is not there holds nothing.
    static KnownHosts read(List<Path> files) throws IOException {
        List<KnownHostLine> lines = new ArrayList<>();
        for (Path file : files) {
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                lines.addAll(parse(file.toString(), text.lines().toList()));
            } catch (NoSuchFileException _) {
                continue;
            }
        }
        return new KnownHosts(List.copyOf(lines));
    }

    static List<KnownHostLine> parse(String file, List<String> texts) {
        List<KnownHostLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            KnownHostLine.parse(file, i + 1, texts.get(i)).ifPresent(lines::add);
        }
        return lines;
    }

    /// Host-key algorithms in the order to propose them: those first whose keys are known for this
    /// server, as OpenSSH does, so that a server with several keys shows the known one.
    ///
    /// @param address `name` or `[name]:port`
    /// @param algorithms what the library offers, in its order
    List<String> order(String address, List<String> algorithms) {
        Set<String> types = new LinkedHashSet<>();
        boolean authority = false;
        for (KnownHostLine line : lines) {
            if (line.matches(address)) {
                switch (line.marker()) {
                    case NONE -> types.add(line.type());
                    case CERT_AUTHORITY -> authority = true;
                    case REVOKED -> {}
                }
            }
        }
        List<String> first = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String algorithm : algorithms) {
            boolean certificate = algorithm.contains("-cert-");
            if (certificate && !authority) {
                continue;
            }
            boolean known = certificate || types.contains(keyType(algorithm));
            (known ? first : rest).add(algorithm);
        }
        first.sort((a, b) -> Boolean.compare(b.contains("-cert-"), a.contains("-cert-")));
        first.addAll(rest);
        return first;
    }

    /// The type of key that an algorithm signs with: RFC 8332 has three for `ssh-rsa`.
    private static String keyType(String algorithm) {
        return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
    }

    /// What these lines say about a key.
    ///
    /// @param address `name` or `[name]:port`
    HostKeyCheck check(String address, PublicKey key, Instant now) {
        if (key instanceof OpenSshCertificate certificate) {
            HostKeyCheck byAuthority = checkCertificate(address, certificate, now);
            return byAuthority instanceof HostKeyCheck.Unknown
                    ? checkPlain(address, certificate.getCertPubKey())
                    : byAuthority;
        }
        return checkPlain(address, key);
    }

    private HostKeyCheck checkCertificate(
            String address, OpenSshCertificate certificate, Instant now) {
        OfferedKey offered = offered(address, certificate.getCertPubKey());
        for (PublicKey part : List.of(certificate.getCertPubKey(), certificate.getCaPubKey())) {
            String blob = blob(part);
            for (KnownHostLine line : lines) {
                if (line.marker() == KnownHostLine.Marker.REVOKED && line.holds(address, blob)) {
                    return new HostKeyCheck.Revoked(offered, line.source());
                }
            }
        }
        String authority = blob(certificate.getCaPubKey());
        Optional<KnownHostLine> vouching =
                lines.stream()
                        .filter(line -> line.marker() == KnownHostLine.Marker.CERT_AUTHORITY)
                        .filter(line -> line.holds(address, authority))
                        .findFirst();
        String name = nameOf(address);
        boolean fits =
                certificate.getType() == OpenSshCertificate.Type.HOST
                        && OpenSshCertificate.isValidAt(certificate, now)
                        && certificate.getPrincipals().contains(name);
        return vouching.filter(_ -> fits)
                .map(line -> trusted(offered, line))
                .orElseGet(() -> new HostKeyCheck.Unknown(offered));
    }

    private HostKeyCheck checkPlain(String address, PublicKey key) {
        OfferedKey offered = offered(address, key);
        String blob = blob(key);
        List<KnownHostLine> others = new ArrayList<>();
        @Nullable KnownHostLine exact = null;
        @Nullable KnownHostLine withoutPort = null;
        for (KnownHostLine line : lines) {
            switch (line.marker()) {
                case REVOKED -> {
                    if (line.holds(address, blob)) {
                        return new HostKeyCheck.Revoked(offered, line.source());
                    }
                }
                case NONE -> {
                    if (line.holds(address, blob)) {
                        exact = exact == null ? line : exact;
                    } else if (line.matches(address)) {
                        others.add(line);
                    } else if (line.holds(nameOf(address), blob)) {
                        withoutPort = line;
                    }
                }
                case CERT_AUTHORITY -> {}
            }
        }
        // As OpenSSH: where nothing is known for the port, the same key under the bare name is
        // good.
        if (exact != null) {
            return trusted(offered, exact);
        }
        if (withoutPort != null && others.isEmpty()) {
            return trusted(offered, withoutPort);
        }
        if (others.isEmpty()) {
            return new HostKeyCheck.Unknown(offered);
        }
        return new HostKeyCheck.Changed(
                offered,
                others.stream().map(KnownHostLine::fingerprint).distinct().toList(),
                others.getFirst().source());
    }

    private static HostKeyCheck trusted(OfferedKey offered, KnownHostLine by) {
        return new HostKeyCheck.Trusted(
                new VerifiedKey(offered.type(), offered.fingerprint(), by.source()));
    }

    /// `name` of `name` or `[name]:port`.
    static String nameOf(String address) {
        int end = address.lastIndexOf("]:");
        return address.startsWith("[") && end > 0 ? address.substring(1, end) : address;
    }

    /// How known_hosts names a server.
    static String address(String name, int port) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return port == 22 ? lower : "[" + lower + "]:" + port;
    }

    static OfferedKey offered(String address, PublicKey key) {
        String type = KeyUtils.getKeyType(key);
        return new OfferedKey(
                address,
                type,
                KeyUtils.getFingerPrint(key),
                address + " " + type + " " + blob(key));
    }

    private static String blob(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return Base64.getEncoder().encodeToString(buffer.getCompactData());
    }
}
