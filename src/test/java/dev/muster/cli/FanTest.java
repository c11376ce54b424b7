package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Outcome;
import dev.muster.api.Problem;
import dev.muster.api.PromptRequest;
import dev.muster.api.SessionRow;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One action on many sessions.
class FanTest extends WithFakeService {
    private static final SessionRow ONE = row("one", "dev-1", "working");
    private static final SessionRow TWO = row("two", "dev-2", "idle");
    private static final SessionRow ENDED = row("ended", "dev-2", "finished");

    private static SessionRow row(String name, String host, String state) {
        return Rows.session(name, host, state, Duration.ofMinutes(1));
    }

    @BeforeEach
    void hasTwoThatRun() {
        for (String board : List.of("GET board", "GET board?what=%40backend")) {
            service.json(board, 200, Rows.board(List.of(), List.of(ONE, TWO, ENDED)));
        }
        for (SessionRow row : List.of(ONE, TWO)) {
            service.json(
                    "POST sessions/" + row.id() + "/prompts",
                    200,
                    new Outcome("delivered to " + row.name(), List.of()));
        }
    }

    private PromptRequest sent(SessionRow row) throws IOException {
        return Json.read(
                service.body("POST sessions/" + row.id() + "/prompts"), PromptRequest.class);
    }

    private long posts() {
        return service.asked.stream().filter(a -> a.method().equals("POST")).count();
    }

    @Test
    void sendsToEachOfAGroupThatRunsUnderAnIdOfItsOwn() throws Exception {
        Result result = cli.run("send", "--all", "@backend", "--raw", "--now", "/compact");

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo("delivered to one\ndelivered to two\n");
        Set<String> ids = new HashSet<>();
        for (SessionRow row : List.of(ONE, TWO)) {
            PromptRequest sent = sent(row);
            assertThat(sent.text()).isEqualTo("/compact");
            assertThat(sent.raw()).isTrue();
            assertThat(sent.now()).isTrue();
            ids.add(sent.id());
        }
        assertThat(ids).hasSize(2);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void broadcastsToAllThatRunOrToThoseThatAreNamed() throws Exception {
        assertThat(cli.run("broadcast", "stand by").out())
                .isEqualTo("delivered to one\ndelivered to two\n");
        assertThat(cli.run("broadcast", "@backend", "stand by").status()).isZero();
        assertThat(sent(TWO).text()).isEqualTo("stand by");
        assertThat(sent(TWO).raw()).isFalse();
        assertThat(posts()).isEqualTo(4);
    }

    @Test
    void goesOnToTheOthersWhereOneRefuses() {
        service.problem(
                "POST sessions/" + ONE.id() + "/prompts",
                Rows.problem(Problem.Code.CONFLICT, 409, "somebody is typing in one"));

        Result result = cli.run("broadcast", "stand by");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("delivered to two\n");
        assertThat(result.err()).contains("somebody is typing in one");
    }

    @Test
    void interruptsOnlyThoseThatWork() {
        service.json(
                "POST sessions/" + ONE.id() + "/interrupt",
                200,
                new Outcome("one is interrupted", List.of()));

        assertThat(cli.run("interrupt", "--all", "@backend").out())
                .isEqualTo("one is interrupted\n");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void saysThatNobodyWasThere() {
        service.json("GET board", 200, Rows.board(List.of(), List.of(TWO, ENDED)));
        Result idle = cli.run("interrupt", "--all");
        assertThat(idle.status()).isEqualTo(3);
        assertThat(idle.err()).contains("No session is working");

        service.json("GET board", 200, Rows.board(List.of(), List.of(ENDED)));
        Result ended = cli.run("broadcast", "hello");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains("No session runs");
    }
}
