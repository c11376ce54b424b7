package dev.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// A plain account of this machine, made for one test and gone with it, for hosts that nobody is
/// root on. Needs root.
public final class TestUser implements AutoCloseable {
    private final String name;
    private final String password = random();

    private TestUser(String name) {
        this.name = name;
    }

    private static String random() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Skips the test, saying why, where no account can be made.
    public static TestUser make() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root can make the plain account that this test signs in with");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/useradd")),
                "no useradd to make the plain account that this test signs in with");
        TestUser user = new TestUser("mu" + random());
        run("", "useradd", "--no-create-home", "--home-dir", "/", "-s", "/bin/bash", user.name);
        run(user.name + ":" + user.password, "chpasswd", "-c", "SHA512");
        return user;
    }

    public String name() {
        return name;
    }

    public String password() {
        return password;
    }

    /// Gives a folder and all in it to the account, and lets it come there from `/`.
    public void own(Path folder) throws IOException, InterruptedException {
        Path parent = folder.toAbsolutePath().getParent();
        while (parent != null && parent.getNameCount() > 1) {
            run("", "chmod", "o+x", parent.toString());
            parent = parent.getParent();
        }
        run("", "chown", "-R", name, folder.toString());
    }

    private static void run(String input, String... command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.PIPE)
                        .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /// Ends the account's processes, and removes it.
    @Override
    public void close() throws IOException, InterruptedException {
        // pkill has nothing to do, or something: both are fine.
        new ProcessBuilder("pkill", "-KILL", "-u", name).start().waitFor();
        run("", "userdel", "-f", name);
    }
}
