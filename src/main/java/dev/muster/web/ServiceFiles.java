package dev.muster.web;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/// The small files that make a service what it is: its token and its id. Made once, whole or not at
/// all, for their owner's eyes only.
final class ServiceFiles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<PosixFilePermission> OWNER_ONLY = fromString("rw-------");
    private static final FileAttribute<?> FOLDER = asFileAttribute(fromString("rwx------"));

    private ServiceFiles() {}

    /// The secret that commands show: 32 random bytes in base64url.
    ///
    /// @throws IOException when others can read it: it is no secret then
    static String token(Path file) throws IOException {
        String token =
                once(
                        file,
                        () -> Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IOException(
                    file
                            + " can be read by others ("
                            + PosixFilePermissions.toString(permissions)
                            + "), so it protects nothing: remove it, and a new one is made at the"
                            + " next start");
        }
        if (token.length() < 32) {
            throw new IOException(
                    file
                            + " holds no token of at least 32 characters: remove it, and a new one"
                            + " is made at the next start");
        }
        return token;
    }

    /// The id that this service writes into its sessions as their owner.
    static String serviceId(Path file) throws IOException {
        String id = once(file, () -> HexFormat.of().formatHex(random(8)));
        if (!id.matches("[a-z0-9]{8,32}")) {
            throw new IOException(
                    file
                            + " holds no service id (8 to 32 small letters and digits). Put the old"
                            + " one back: without it, running sessions look like another service's");
        }
        return id;
    }

    /// Makes a folder, with those above it, that only its owner can look into. One that exists
    /// stays as it is.
    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
    }

    /// Makes an empty file that only its owner can read, where there is none.
    static void ownFile(Path file) throws IOException {
        try {
            Files.createFile(file, asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    /// What a file says; where there is none, it is made. Of two that make it at once, both get
    /// what one of them wrote.
    private static String once(Path file, Supplier<String> content) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return make(file, content.get());
        }
    }

    private static String make(Path file, String content) throws IOException {
        Path folder =
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        folder(folder);
        Path fresh =
                Files.createTempFile(
                        folder, "." + file.getFileName(), ".new", asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(fresh, content + "\n");
            // A hard link, since a rename would take the place of what another has just made.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            return Files.readString(file).strip();
        } finally {
            Files.deleteIfExists(fresh);
        }
        return content;
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
