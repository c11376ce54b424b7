package dev.muster.link;

import dev.muster.link.LinkFailure.OfferedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Muster's own known_hosts: the keys that a person accepted. The user's files are never written.
public final class KnownHostsStore {
    private final Path file;

    /// @param file need not exist yet
    public KnownHostsStore(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// Keeps a key that a person accepted, in the place of others that this file holds for the same
    /// server. Written whole to a new file of mode 0600 that then takes the old one's place.
    ///
    /// A key that is known already is not written twice.
    ///
    /// @throws IllegalArgumentException when `key.line()` is no known_hosts line for
    /// `key.address()`
    public synchronized void trust(OfferedKey key) throws IOException {
        KnownHostLine line =
                KnownHostLine.parse("", 0, key.line())
                        .filter(parsed -> parsed.patterns().equals(List.of(key.address())))
                        .filter(parsed -> key.line().indexOf('\n') < 0)
                        .orElseThrow(
                                () -> new IllegalArgumentException("no host key: " + key.line()));
        List<String> texts = new ArrayList<>();
        for (String text : lines()) {
            Optional<KnownHostLine> old = KnownHostLine.parse("", 0, text);
            // Markers and patterns were put there by hand: they stay.
            boolean replaced =
                    old.filter(o -> o.marker() == KnownHostLine.Marker.NONE)
                            .filter(o -> o.patterns().equals(line.patterns()))
                            .isPresent();
            if (!replaced) {
                texts.add(text);
            }
        }
        texts.add(key.line());
        write(texts);
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private void write(List<String> texts) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh =
                Files.createTempFile(
                        folder,
                        "known_hosts",
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(fresh, texts, StandardCharsets.UTF_8);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
