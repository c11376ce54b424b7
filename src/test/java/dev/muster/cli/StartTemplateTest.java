package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.StartRequest;
import dev.muster.api.Template;
import dev.muster.api.Templates;
import dev.muster.api.Templates.TemplateProblem;
import dev.muster.cli.CliRun.Result;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `muster start --template`.
class StartTemplateTest extends WithFakeService {
    private static final Template FIX =
            new Template(
                    "fix",
                    List.of("dev-1"),
                    "api",
                    "v1",
                    "b",
                    "codex",
                    "m",
                    "max",
                    "once",
                    "fix {{ticket}},\nand {{ what else }}: {{ticket}}");

    static Template template(String name, @Nullable String prompt, String... hosts) {
        return new Template(
                name, List.of(hosts), "web", null, null, null, null, null, null, prompt);
    }

    @BeforeEach
    void keepTemplates() {
        service.json("POST sessions", 202, Rows.session("fix", "dev-1", "working", Duration.ZERO));
        service.json(
                "GET templates",
                200,
                new Templates(
                        "/home/user/.config/muster/templates",
                        List.of(FIX, template("wide", null, "dev-1", "dev-2")),
                        List.of(new TemplateProblem("odd.yaml", "line 1, column 2: no"))));
    }

    private StartRequest asked() throws IOException {
        return Json.read(service.body("POST sessions"), StartRequest.class);
    }

    private void refuses(int status, String why, String... args) {
        Result result = cli.run(args);
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).contains(why);
    }

    @Test
    void asksForWhatTheTemplateSays() throws IOException {
        Result result =
                cli.run(
                        "start",
                        "--template",
                        "fix",
                        "--word",
                        "ticket=$1",
                        "--word",
                        "what else=x=y");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(asked())
                .isEqualTo(
                        new StartRequest(
                                asked().id(),
                                "dev-1",
                                "api",
                                null,
                                "b",
                                "v1",
                                "codex",
                                "m",
                                "max",
                                Map.of(),
                                Map.of(),
                                List.of(),
                                true,
                                "fix $1,\nand x=y: $1",
                                "once"));
    }

    @Test
    void letsTheCommandLineHaveTheLastWord() throws IOException {
        Result result =
                cli.run(
                        "start",
                        "--template",
                        "fix",
                        "dev-2:web",
                        "--agent",
                        "claude",
                        "--keep",
                        "a {{b}}");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(asked().host() + ":" + asked().repo()).isEqualTo("dev-2:web");
        assertThat(asked().agent()).isEqualTo("claude");
        assertThat(asked().model()).isEqualTo("m");
        assertThat(asked().headless()).isEqualTo("keep");
        assertThat(asked().prompt()).isEqualTo("a {{b}}");
    }

    @Test
    void needsNoRepoWhereTheTemplateNamesIt() throws IOException {
        assertThat(cli.run("start", "--template", "wide", "dev-2").status()).isZero();
        assertThat(asked().host() + ":" + asked().repo()).isEqualTo("dev-2:web");
        assertThat(asked().prompt()).isNull();
    }

    @Test
    void saysWhatIsMissingBeforeItAsksForAnything() {
        refuses(2, "the template is for dev-1, dev-2", "start", "--template", "wide");
        refuses(2, "asks for ticket, what else", "start", "--template", "fix");
        refuses(2, "the word `no`", "start", "--template", "fix", "--word", "no=1");
        refuses(2, "the word `no`", "start", "dev-1:api", "--word", "no=1");
        refuses(3, "there are fix, wide", "start", "--template", "fox");
        refuses(1, "line 1, column 2: no", "start", "--template", "odd");
        assertThat(service.asked).noneMatch(asked -> asked.method().equals("POST"));
    }
}
