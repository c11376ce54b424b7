package dev.muster.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/// A server's host keys of three types, and the one key that may sign in there.
///
/// @param hostKeys by the name of their file
record DemoKeys(SequencedMap<String, KeyPair> hostKeys, KeyPair client) {
    static DemoKeys make() throws IOException {
        SequencedMap<String, KeyPair> hostKeys = new LinkedHashMap<>();
        hostKeys.put("host_ed25519", pair("ssh-ed25519", 256));
        hostKeys.put("host_ecdsa", pair("ecdsa-sha2-nistp256", 256));
        hostKeys.put("host_rsa", pair("ssh-rsa", 2048));
        return new DemoKeys(hostKeys, pair("ssh-ed25519", 256));
    }

    private static KeyPair pair(String type, int bits) throws IOException {
        try {
            return KeyUtils.generateKeyPair(type, bits);
        } catch (GeneralSecurityException e) {
            throw new IOException("No key of type " + type + " could be made: " + e, e);
        }
    }

    /// Writes the host keys, `client_key` and `authorized_keys`.
    void write(Path dir) throws IOException {
        for (Map.Entry<String, KeyPair> key : hostKeys.entrySet()) {
            privateKey(dir.resolve(key.getKey()), key.getValue());
        }
        privateKey(dir.resolve("client_key"), client);
        DemoFolder.write(dir.resolve("authorized_keys"), line(client) + "\n", "rw-------");
    }

    private static void privateKey(Path file, KeyPair key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "muster demo", null, bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException("The key " + file + " could not be written: " + e, e);
        }
        DemoFolder.write(file, bytes.toString(StandardCharsets.US_ASCII), "rw-------");
    }

    /// Writes what known_hosts says of a server at this port of this machine.
    void writeKnownHosts(Path file, int port) throws IOException {
        List<String> lines = new ArrayList<>();
        hostKeys.values().forEach(key -> lines.add("[127.0.0.1]:" + port + " " + line(key)));
        Files.write(file, lines);
    }

    private static String line(KeyPair key) {
        return PublicKeyEntry.toString(key.getPublic());
    }
}
