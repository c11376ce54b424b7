package dev.muster.demo;

import dev.muster.api.Ulid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where all of one demo lies.
///
/// @param root a new folder that only this user may enter, its path without symbolic links
public record DemoFolder(Path root) {
    /// A host may still write its last line into a folder that is being deleted.
    private static final int DELETE_TRIES = 20;

    private static final long DELETE_PAUSE_MILLIS = 100;

    /// @param parent mostly the system's folder for temporary files
    static DemoFolder in(Path parent) throws IOException {
        FileAttribute<Set<PosixFilePermission>> ours =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        while (true) {
            // Shorter than createTempDirectory's names: people type this one.
            String name = "muster-demo-" + Ulid.next().substring(20).toLowerCase(Locale.ROOT);
            try {
                return new DemoFolder(
                        Files.createDirectory(parent.resolve(name), ours).toRealPath());
            } catch (FileAlreadyExistsException _) {
                continue;
            }
        }
    }

    /// The home of the person at the demo's command line: Muster's own files lie below it.
    public Path control() {
        return root.resolve("control");
    }

    public Path hostsFile() {
        return root.resolve("hosts.yaml");
    }

    /// What a shell reads to talk to the demo's service.
    public Path env() {
        return root.resolve("env");
    }

    public Path serviceLog() {
        return root.resolve("service.log");
    }

    /// A host's HOME.
    public Path home(String host) {
        return root.resolve(host);
    }

    /// Keys and configuration of a host's SSH server.
    Path server(String host) {
        return root.resolve("sshd").resolve(host);
    }

    /// A file of the class path's folder `demo`.
    static String resource(String name) throws IOException {
        try (InputStream in = DemoFolder.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IOException("Muster's jar lacks demo/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// @param permissions such as `rw-------`
    static void write(Path file, String text, String permissions) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(file, text);
    }

    /// Deletes it with all that is in it; a link is deleted, never followed.
    void delete() throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                Files.walkFileTree(root, new Deletion());
                return;
            } catch (NoSuchFileException _) {
                if (Files.notExists(root)) {
                    return;
                }
            } catch (IOException e) {
                if (tries >= DELETE_TRIES) {
                    throw e;
                }
            }
            Thread.sleep(DELETE_PAUSE_MILLIS);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
