package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Muster's state folder in a home of a test's own, and host scripts that run there in a shell of
/// the test's choice, without any connection.
public record HostFolder(Path home, Path state) {

    /// Finds out where the folder is, and makes it.
    public static HostFolder in(Path home) throws Exception {
        Script where = new Script("where", stateOnly() + "echo \"$S\"", List.of(), new byte[0]);
        HostFolder folder = new HostFolder(home, Path.of(new HostFolder(home, home).said(where)));
        Files.createDirectories(folder.state);
        return folder;
    }

    /// The beginning of every host script: it finds the state folder, and does nothing.
    public static String stateOnly() {
        String text = HostScript.named("peek").text();
        return text.substring(0, text.indexOf("m_state\n", text.indexOf("}\nm_state")) + 8);
    }

    /// What a script prints that ends well, without the last line break.
    public String said(Script script) throws Exception {
        Process process = start("sh", script);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.stripTrailing();
    }

    /// @param shell a shell with its options, as `busybox sh`
    public Process start(String shell, Script script) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(List.of("-c", script.text(), script.name()));
        command.addAll(script.args());
        return start(command);
    }

    /// Starts a program in the state folder, with this home.
    public Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(state.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_STATE_HOME");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    public static void assumeInstalled(String shell) {
        String program = shell.split(" ")[0];
        assumeTrue(
                Stream.of("/bin", "/usr/bin").anyMatch(d -> Files.exists(Path.of(d, program))),
                program + " is not installed");
    }
}
