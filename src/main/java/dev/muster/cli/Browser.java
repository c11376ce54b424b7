package dev.muster.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens an address in the user's browser. The address holds a secret, and every user of a machine
/// can read command lines: so the browser is given a file that only this user can read, which leads
/// on to the address.
final class Browser {
    private static final long READ_WITHIN_MILLIS = 5000;

    private Browser() {}

    /// @return false when there is no browser to be found
    static boolean open(String address) {
        Optional<String> opener = opener();
        if (opener.isEmpty()) {
            return false;
        }
        try {
            Path file =
                    Files.createTempFile(
                            "muster-page-",
                            ".html",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, leading(address), StandardCharsets.UTF_8);
            file.toFile().deleteOnExit();
            new ProcessBuilder(List.of(opener.get(), file.toUri().toString()))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // A browser that has to start first reads the file a while later.
            Thread.sleep(READ_WITHIN_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String leading(String address) {
        return "<!doctype html><meta charset=\"utf-8\"><title>Muster</title>"
                + "<meta name=\"referrer\" content=\"no-referrer\">"
                + "<meta http-equiv=\"refresh\" content=\"0;url="
                + address
                + "\">";
    }

    private static Optional<String> opener() {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        if (mac) {
            return Optional.of("/usr/bin/open");
        }
        boolean screen =
                System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        return screen ? onPath("xdg-open") : Optional.empty();
    }

    private static Optional<String> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
