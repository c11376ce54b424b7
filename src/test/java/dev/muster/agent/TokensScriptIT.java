package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `lib/tokens.sh` on transcripts as 2.1.329 was seen to write them, in the shells that hosts have.
class TokensScriptIT {
    private static final Path LIB = Path.of("src/main/resources/scripts/lib").toAbsolutePath();
    private static final String OLD = "2020-01-01T00:00:00.000Z";
    private static final String NEW = "2999-01-01T00:00:00.000Z";

    @TempDir Path folder;
    private Path project;
    private Path own;
    private String shell;

    @BeforeEach
    void hasAProject() throws IOException {
        project = Files.createDirectories(folder.resolve("projects/-srv api"));
        own = project.resolve("c1.jsonl");
        Files.createDirectories(folder.resolve("run.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void countsEachReplyOnceHoweverManyBlocksItHas(String with) throws Exception {
        begin(with);
        append(own, reply("m1", 100, 7, NEW), reply("m1", 100, 9, NEW), reply("m2", 20, 3, NEW));
        assertThat(sum()).isEqualTo("{\"input\":120,\"output\":12}");
        assertThat(sum()).isEqualTo("{\"input\":120,\"output\":12}");
        append(own, reply("m2", 20, 4, NEW));
        assertThat(sum()).isEqualTo("{\"input\":120,\"output\":13}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void readsALineOnlyWhenItIsWhole(String with) throws Exception {
        begin(with);
        String line = reply("m1", 100, 7, NEW);
        Files.writeString(own, line.substring(0, 60));
        assertThat(sum()).isEqualTo("{\"input\":0,\"output\":0}");
        Files.writeString(own, line.substring(60) + "\n", StandardOpenOption.APPEND);
        assertThat(sum()).isEqualTo("{\"input\":100,\"output\":7}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void leavesOutWhatWasBeforeAndTakesTheSumsInPlaceOfReplies(String with) throws Exception {
        append(own, reply("m0", 1000, 70, OLD), sums(1000, 80, 0.5));
        begin(with);
        assertThat(sum()).isEqualTo("{\"input\":0,\"output\":0}");
        assertThat(run("m_tokens_before c1"))
                .isEqualTo("{\"cost\":0.5,\"input\":1000,\"output\":80}");
        append(own, reply("m1", 100, 7, NEW));
        Path subagents = Files.createDirectories(project.resolve("c1/subagents"));
        append(subagents.resolve("agent-a b.jsonl"), reply("s1", 10, 1, NEW));
        assertThat(sum()).isEqualTo("{\"input\":110,\"output\":8}");
        // A summary was billed besides.
        append(own, sums(1115, 90, 0.6), sums(1115, 90, 0.6));
        assertThat(sum()).isEqualTo("{\"input\":115,\"output\":10}");
        append(subagents.resolve("agent-a b.jsonl"), reply("s2", 10, 1, NEW));
        assertThat(sum()).isEqualTo("{\"input\":125,\"output\":11}");
        // Written just behind a look, at the same tick of the files' clock.
        Path other = subagents.resolve("agent-a b.jsonl");
        append(other, reply("s3", 10, 1, NEW));
        Files.setLastModifiedTime(
                other, Files.getLastModifiedTime(folder.resolve("run.1/tokens/last.c1")));
        assertThat(sum()).isEqualTo("{\"input\":135,\"output\":12}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void takesNothingForUsageThatATextOrAToolSays(String with) throws Exception {
        begin(with);
        String input =
                "{\"usage\":{\"input_tokens\":5},\"id\":\"x\",\"timestamp\":\"" + OLD + "\"}";
        append(
                own,
                "{\"type\":\"user\",\"text\":\"{\\\"type\\\":\\\"assistant\\\"\",\"timestamp\":\""
                        + NEW
                        + "\"}",
                reply("m1", 100, 7, NEW)
                        .replace(
                                "\"content\":[]",
                                "\"content\":[{\"type\":\"tool_use\",\"input\":" + input + "}]"));
        assertThat(sum()).isEqualTo("{\"input\":100,\"output\":7}");
    }

    private void begin(String with) throws Exception {
        shell = with;
        assumeTrue(
                new ProcessBuilder(
                                        "sh",
                                        "-c",
                                        "command -v " + with.split(" ")[0] + " >/dev/null 2>&1")
                                .start()
                                .waitFor()
                        == 0,
                with + " is not installed");
        run("m_tokens_begin");
    }

    private String sum() throws Exception {
        return run("m_tokens_read c1; m_tokens_sum");
    }

    private String run(String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(
                List.of(
                        "-c",
                        "LC_ALL=C R=$1/run.1 m_projects=$1/projects; export LC_ALL;"
                                + " . \"$2/json.sh\"; . \"$2/tokens.sh\"; "
                                + what,
                        "sh",
                        folder.toString(),
                        LIB.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String says =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(says).isZero();
        return says;
    }

    private static void append(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String reply(String id, int sent, int got, String when) {
        return "{\"parentUuid\":null,\"message\":{\"id\":\"%s\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":%d,\"cache_read_input_tokens\":%d,\"output_tokens\":%d,\"iterations\":[{\"input_tokens\":99}]}},\"type\":\"assistant\",\"timestamp\":\"%s\"}"
                .formatted(id, sent / 2, sent - sent / 2, got, when);
    }

    private static String sums(int sent, int got, double cost) {
        return "{\"type\":\"cost-state\",\"sessionId\":\"c1\",\"totalCostUSD\":%s,\"modelUsage\":{\"a\":{\"inputTokens\":%d,\"outputTokens\":%d,\"thinkingTokens\":3,\"cacheReadInputTokens\":100}}}"
                .formatted(cost, sent - 100, got);
    }
}
