package dev.muster.cli;

import dev.muster.host.Folders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs a command in surroundings of the test's own.
final class CliRun {
    /// @param status the exit status
    record Result(int status, String out, String err) {}

    final Map<String, String> env = new HashMap<>();
    final Folders folders;
    final URI defaultServer;
    InputStream in = InputStream.nullInputStream();
    boolean terminal;
    int columns = 80;
    List<String> serve = List.of("false");

    /// @param home a folder of the test's own
    CliRun(Path home, URI defaultServer) throws IOException {
        this.folders = Folders.of(Map.of(), home);
        this.defaultServer = defaultServer;
        Files.createDirectories(folders.config());
        Files.writeString(folders.token(), FakeService.TOKEN + "\n");
    }

    CliRun typing(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    CliRun onTerminal() {
        terminal = true;
        return this;
    }

    Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                Cli.run(
                        args,
                        new Surroundings(
                                env,
                                folders,
                                defaultServer,
                                in,
                                new PrintWriter(out),
                                new PrintWriter(err),
                                terminal,
                                terminal,
                                terminal,
                                () -> columns,
                                serve),
                        Map.of());
        return new Result(status, out.toString(), err.toString());
    }
}
