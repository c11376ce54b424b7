package dev.muster.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is encoded here is run by real shells: each is put in the place of `/bin/sh`.
class WireTest {
    private static final String MARKER = "muster-0123abc";

    /// Prints every argument and then the input, so that the whole delivery can be compared.
    private static final String ECHO =
            "for a; do printf '%s' \"$a\"; printf '\\0'; done\ncat\nexit 7\n";

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "dash", "bash", "busybox sh", "mksh", "zsh"})
    void deliversEveryCharacterByteForByte(String shell) throws Exception {
        StringBuilder all = new StringBuilder("\n-n \\c \\0101 %s $(id) `id` 'q' \"qq\" ~ * !! #");
        for (int c = 1; c < 0x900; c++) {
            all.appendCodePoint(c);
        }
        all.append("日本 🚀 \\\n\n");
        List<String> args = List.of("", all.toString(), "-e", " ", "\n", "\\");
        byte[] input = new byte[1024];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }
        Ended ended = run(shell, new Script("echo", ECHO, args, input), "");
        assertThat(ended.exit).isEqualTo(7);
        assertThat(ended.out).isEqualTo(expected(args, input));
        assertThat(ended.err).isEqualTo(MARKER + "\n");
    }

    @Property(tries = 60)
    void deliversAnyArgumentsAndInput(@ForAll("texts") List<String> args, @ForAll byte[] input)
            throws Exception {
        Ended ended = run("/bin/sh", new Script("echo", ECHO, args, input), "");
        assertThat(ended.out).isEqualTo(expected(args, input));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> hard =
                Arbitraries.strings().withChars("'\"\\$`!\n\t ~*?[]{}()<>|&;#%-=éà日\u0001\u007f");
        Arbitrary<String> any =
                Arbitraries.strings()
                        .filter(s -> s.indexOf('\0') < 0)
                        .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
        return Arbitraries.oneOf(hard, any).list().ofMaxSize(8);
    }

    @Test
    void isPrintableAscii() {
        byte[] bytes = Wire.encode(new Script("s", "é\u0001\t", List.of("\u007f"), empty()), "m");
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).matches("[\\n -~]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "bash", "busybox sh"})
    void survivesAnRcFileThatReadsALine(String shell) throws Exception {
        Ended ended =
                run(shell, new Script("s", "echo ran", List.of(), empty()), "read a; read b;");
        assertThat(ended.out).isEqualTo((MARKER + "\nran\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void neverRunsTheRestOfATornLine() throws Exception {
        Script script = new Script("s", "echo one\necho ran", List.of(), empty());
        Ended ended = run("/bin/sh", script, "dd bs=1 count=30 of=/dev/null 2>/dev/null;");
        assertThat(ended.out).isEmpty();
        assertThat(ended.exit).isEqualTo(Wire.NO_SCRIPT);
    }

    @Test
    void neverRunsALineThatDidNotCome() throws Exception {
        byte[] whole = Wire.encode(new Script("s", "echo ran", List.of(), empty()), MARKER);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        Ended ended = run("/bin/sh", cut, "");
        assertThat(ended.out).isEmpty();
        assertThat(ended.exit).isEqualTo(Wire.NO_SCRIPT);
    }

    @Test
    void leavesTheScriptItsOwnLoopsAndStatus() throws Exception {
        Script script =
                new Script(
                        "s", "while :; do break; done\nset -e\nfalse\necho no", List.of(), empty());
        Ended ended = run("/bin/sh", script, "");
        assertThat(ended.exit).isEqualTo(1);
        assertThat(ended.out).isEqualTo((MARKER + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesWhatNoShellCanTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.encode(new Script("s", ":", List.of("\0"), empty()), "m"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.encode(new Script("s", "\0", List.of(), empty()), "m"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Wire.encode(new Script("s", ":", List.of("\ud800"), empty()), "m"))
                .withMessageContaining("surrogate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.encode(new Script("s", ":", List.of(), empty()), "m; id"));
    }

    private record Ended(int exit, byte[] out, String err) {}

    private static byte[] empty() {
        return new byte[0];
    }

    private static byte[] expected(List<String> args, byte[] input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((MARKER + "\n").getBytes(StandardCharsets.UTF_8));
        for (String arg : args) {
            bytes.writeBytes(arg.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        bytes.writeBytes(input);
        return bytes.toByteArray();
    }

    private static Ended run(String shell, Script script, String before)
            throws IOException, InterruptedException {
        return run(shell, Wire.encode(script, MARKER), before);
    }

    private static Ended run(String shell, byte[] wire, String before)
            throws IOException, InterruptedException {
        String program = shell.split(" ", 2)[0];
        assumeThat(
                        List.of("", "/usr/bin/", "/bin/").stream()
                                .anyMatch(dir -> Files.isExecutable(Path.of(dir + program))))
                .as("%s is installed", program)
                .isTrue();
        String command = before + Wire.COMMAND.replace("/bin/sh", shell);
        Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
        Thread writer =
                Thread.startVirtualThread(
                        () -> {
                            try (OutputStream in = process.getOutputStream()) {
                                in.write(wire);
                            } catch (IOException _) {
                                return;
                            }
                        });
        try (InputStream out = process.getInputStream();
                InputStream err = process.getErrorStream()) {
            byte[] all = out.readAllBytes();
            String errors = new String(err.readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            return new Ended(process.waitFor(), all, errors);
        }
    }
}
