package dev.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a `hosts.yaml`.
public final class HostsFile {
    private static final int MAX_BYTES = 4 << 20;

    private HostsFile() {}

    /// What reading gave: hosts, or faults, or hosts with warnings.
    public sealed interface Result {
        /// To be used.
        record Good(Hosts hosts, List<Fault> warnings) implements Result {}

        /// Not to be used.
        ///
        /// @param faults from top to bottom; at least one is an error
        record Bad(List<Fault> faults) implements Result {}
    }

    /// A file at one moment.
    ///
    /// @param sha256 of its bytes, in hex; empty when they could not be read
    public record Snapshot(Path file, Result result, Optional<String> sha256) {}

    /// Reads and checks a text; `file` is for messages only. A `~/` of this machine, as in
    /// `identity`, is the user's home.
    public static Result parse(String text, Path file) {
        return parse(text, file, Folders.home(System.getenv()));
    }

    /// Reads and checks a text, for a user with another home.
    ///
    /// @param home what a `~/` of this machine stands for
    public static Result parse(String text, Path file, Path home) {
        Faults faults = new Faults(file.toString());
        Optional<Hosts> hosts =
                YamlText.read(text, faults).flatMap(new HostsReader(home, faults)::read);
        return result(hosts, faults);
    }

    /// Reads and checks a file. What keeps it from being read is a fault too.
    public static Snapshot read(Path file) {
        return read(file, Folders.home(System.getenv()));
    }

    /// Reads and checks a file, for a user with another home.
    ///
    /// @param home what a `~/` of this machine stands for
    public static Snapshot read(Path file, Path home) {
        byte[] bytes;
        try {

            if (Files.isDirectory(file)) {
                return unreadable(file, "this is a folder", "name the file in it");
            }
            // Bounded also for what has no size beforehand, such as a pipe.
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                return unreadable(file, "the file is larger than 4 MiB", "is it the right one?");
            }
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no such file", "create it, or name another");
        } catch (AccessDeniedException e) {
            return unreadable(file, "this user may not read it", "chmod u+r, or check its owner");
        } catch (IOException e) {
            return unreadable(file, "it cannot be read: " + e.getMessage(), "check the disk");
        }
        Faults faults = new Faults(file.toString());
        Optional<Hosts> hosts =
                decode(bytes, faults)
                        .flatMap(text -> YamlText.read(text, faults))
                        .flatMap(new HostsReader(home, faults)::read);
        warnIfOpen(file, faults);
        return new Snapshot(file, result(hosts, faults), Optional.of(sha256(bytes)));
    }

    /// SHA-256 in hex: whether two files are the same, told in one line.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Result result(Optional<Hosts> hosts, Faults faults) {
        return hosts.isEmpty() || faults.hasErrors()
                ? new Result.Bad(faults.sorted())
                : new Result.Good(hosts.get(), faults.sorted());
    }

    private static Snapshot unreadable(Path file, String problem, String fix) {
        Faults faults = new Faults(file.toString());
        faults.error(Place.START, problem, fix);
        return new Snapshot(file, new Result.Bad(faults.sorted()), Optional.empty());
    }

    private static Optional<String> decode(byte[] bytes, Faults faults) {
        if (utf16(bytes)) {
            faults.error(Place.START, "the file is in UTF-16", "save it as UTF-8");
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (!end.isError()) {
            return Optional.of(text);
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        boolean newLine = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
        String last = newLine ? "" : lines.getLast();
        faults.error(
                new Place(
                        newLine ? lines.size() + 1 : lines.size(),
                        last.codePointCount(0, last.length()) + 1),
                "the byte 0x%02X is not UTF-8".formatted(bytes[in.position()]),
                "save the file as UTF-8");
        return Optional.empty();
    }

    private static boolean utf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE;
    }

    /// Whoever can write the file decides where keys are offered and what runs there.
    private static void warnIfOpen(Path file, Faults faults) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                faults.warning(
                        Place.START,
                        "everyone on this machine can change this file",
                        "chmod o-w " + file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Gone in the meantime, or a file system without permissions: nothing to warn of.
            return;
        }
    }
}
