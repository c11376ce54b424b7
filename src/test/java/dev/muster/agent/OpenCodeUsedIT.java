package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the plugin of OpenCode adds up, of messages such as OpenCode 1.18.33 sends.
class OpenCodeUsedIT {
    private static final Path MODULE =
            Path.of("src/main/resources/scripts/lib/opencode-used.mjs").toAbsolutePath();

    private static final String EVENTS =
            """
            import { Used } from "%s"
            const told = []
            const used = new Used((type, now) => told.push([now.input, now.output, now.cost, now.added, now.removed].join(" ")))
            const client = { config: { providers: async () => { throw new Error("not there") } } }
            const later = Date.now() + 1000
            const message = (id, created, more) =>
              used.message({ id, sessionID: "s1", role: "assistant", time: { created }, ...more }, false, client)
            const step = (id, messageID, output, more) =>
              used.step({ id, messageID, cost: 0.5, tokens: { input: 100, output, reasoning: 1, cache: { read: 10, write: 5 }, ...more } })
            """
                    .formatted(MODULE.toUri());

    @Test
    void addsUpTheStepsOfItsRepliesOnceWhateverIsSaidAgain() throws Exception {
        assertThat(
                        told(
                                """
                                used.session({ id: "s1", time: { created: later } })
                                message("m1", later)
                                step("p1", "m1", 20)
                                step("p1", "m1", 20)
                                step("p2", "m1", 30)
                                step("p3", "of-a-message-not-seen", 40)
                                """))
                .isEqualTo("115 21 0.5 0 0|230 52 1 0 0");
    }

    @Test
    void countsNoMessageOfAnEarlierProcessAndNoneThatAForkCopied() throws Exception {
        assertThat(
                        told(
                                """
                                message("old", Date.now() - 60000)
                                step("p1", "old", 20)
                                message("m1", later)
                                step("p2", "m1", 20)
                                used.session({ id: "fork", time: { created: later + 500 } })
                                message("copy", later, { sessionID: "fork" })
                                step("p3", "copy", 20)
                                message("m2", later + 600, { sessionID: "fork" })
                                step("p4", "m2", 30)
                                """))
                .isEqualTo("115 21 0.5 0 0|230 52 1 0 0");
    }

    @Test
    void keepsLinesThatWereTakenBackAndMinusNothing() throws Exception {
        assertThat(
                        told(
                                """
                                const diffs = (...lines) =>
                                  message("u1", later, { role: "user", summary: { diffs: lines.map(([additions, deletions]) => ({ additions, deletions })) } })
                                message("m1", later)
                                step("p1", "m1", 20)
                                diffs([4, 0], [1, 2])
                                diffs([4, 0])
                                step("p2", "m1", -30, { input: null, cache: "none" })
                                """))
                .isEqualTo("115 21 0.5 0 0|115 21 0.5 5 2|115 22 1 5 2");
    }

    private static String told(String events) throws IOException, InterruptedException {
        Process node;
        try {
            node = new ProcessBuilder("node", "--input-type=module", "-").start();
        } catch (IOException e) {
            abort("node is not installed");
            throw e;
        }
        String script = EVENTS + events + "console.log(told.join('|'))\n";
        node.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().close();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String failed = new String(node.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(failed).isZero();
        return said.strip();
    }
}
