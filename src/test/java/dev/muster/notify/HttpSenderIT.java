package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.notice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.Notices.Secret;
import dev.muster.host.Notices.Way;
import dev.muster.notify.Endpoint.Got;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sending to a server that fails, hangs and leads astray.
@Timeout(120)
class HttpSenderIT {
    private static final Notice NOTICE = notice("a", NOON);

    @TempDir Path folder;
    private final HttpClient http = Notifier.client();
    private final Map<String, String> env = Map.of("KEY", " open sesame\n", "TOKEN", "tk_1");
    private Endpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        endpoint = new Endpoint();
    }

    @AfterEach
    void close() {
        http.close();
        endpoint.close();
    }

    private Outcome send(Way way) throws InterruptedException {
        return send(way, Duration.ofSeconds(60));
    }

    private Outcome send(Way way, Duration answer) throws InterruptedException {
        return new HttpSender(
                        way,
                        http,
                        new Secrets(name -> Optional.ofNullable(env.get(name))),
                        Clock.fixed(NOON, ZoneOffset.UTC),
                        answer)
                .send(NOTICE);
    }

    private Way hook(String path) {
        return new Way.Webhook(
                new Secret.Plain(endpoint.url(path)),
                Optional.of(new Secret.Env("KEY")),
                Optional.empty());
    }

    @Test
    void signsWhatItPosts() throws Exception {
        assertThat(send(hook("/hook?k=1"))).isEqualTo(new Outcome.Sent());

        Got got = endpoint.got.getFirst();
        assertThat(got.path()).isEqualTo("/hook");
        assertThat(got.query()).isEqualTo("k=1");
        assertThat(got.body()).isEqualTo(Bodies.own(NOTICE));
        assertThat(got.header("Content-Type")).startsWith("application/json");
        assertThat(got.header("webhook-id")).isEqualTo(NOTICE.id());
        assertThat(got.header("webhook-timestamp")).isEqualTo("" + NOON.getEpochSecond());
        assertThat(got.header("webhook-signature"))
                .isEqualTo(
                        Signature.of(
                                "open sesame", NOTICE.id(), NOON.getEpochSecond(), got.body()));
    }

    @Test
    void publishesToATopicAtTheRootOfItsServer() throws Exception {
        Way ntfy =
                new Way.Ntfy(
                        new Secret.Plain(endpoint.url("/my-topic")),
                        Optional.of(new Secret.Env("TOKEN")));

        assertThat(send(ntfy)).isEqualTo(new Outcome.Sent());

        Got got = endpoint.got.getFirst();
        assertThat(got.path()).isEqualTo("/");
        assertThat(got.header("Authorization")).isEqualTo("Bearer tk_1");
        assertThat(got.body())
                .contains("\"topic\":\"my-topic\"")
                .contains("\"message\":\"Bash: npm test\"")
                .contains("\"priority\":4");
    }

    @Test
    void readsAnAddressFromAFileForEachUse() throws Exception {
        Path file = folder.resolve("url");
        Way slack = new Way.Slack(new Secret.File(file.toString()));

        Outcome missing = send(slack);
        Files.writeString(file, endpoint.url("/T0/SECRET") + "\nrest\n");
        Outcome there = send(slack);

        assertThat(missing)
                .isEqualTo(new Outcome.Failed("the file " + file + " can't be read", null));
        assertThat(there).isEqualTo(new Outcome.Sent());
        assertThat(endpoint.got.getFirst().path()).isEqualTo("/T0/SECRET");
    }

    @Test
    void followsNoRedirect() throws Exception {
        endpoint.manners.add(Endpoint.status(307, "Location", endpoint.url("/inside")));

        assertThat(send(hook("/hook")))
                .isEqualTo(
                        new Outcome.Refused(
                                "it answered with a redirect (307), which is not followed"));
        assertThat(endpoint.got).extracting(Got::path).containsExactly("/hook");
    }

    @Test
    void tellsWhatMayComeRightFromWhatWillNot() throws Exception {
        endpoint.manners.add(Endpoint.status(503));
        endpoint.manners.add(Endpoint.status(429, "Retry-After", "7"));
        endpoint.manners.add(Endpoint.status(429, "Retry-After", "99999"));
        endpoint.manners.add(Endpoint.status(404));

        assertThat(send(hook("/")))
                .isEqualTo(new Outcome.Failed("it answered with status 503", null));
        assertThat(send(hook("/")))
                .isEqualTo(
                        new Outcome.Failed("it answered with status 429", Duration.ofSeconds(7)));
        assertThat(send(hook("/")))
                .isEqualTo(
                        new Outcome.Failed("it answered with status 429", Duration.ofMinutes(5)));
        assertThat(send(hook("/"))).isEqualTo(new Outcome.Refused("it answered with status 404"));
    }

    @Test
    void waitsForNoAnswerForLong() throws Exception {
        endpoint.manners.add(endpoint.hang());

        assertThat(send(hook("/"), Duration.ofSeconds(1)))
                .isEqualTo(new Outcome.Failed("no answer within 1 s", null));
    }

    @Test
    void doesNotListenToAnAnswerThatGoesOnForEver() throws Exception {
        endpoint.manners.add(endpoint.endless());

        assertThat(send(hook("/"))).isEqualTo(new Outcome.Sent());
    }

    @Test
    void saysThatNobodyIsThereWithoutTheAddress() throws Exception {
        Way gone = hook("/T0/SECRET");
        endpoint.close();

        assertThat(send(gone)).isEqualTo(new Outcome.Failed("it could not be connected to", null));
    }

    @Test
    void repeatsNoAddressThatIsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("url"), "not an address with SECRET");

        assertThat(send(new Way.Slack(new Secret.File(file.toString()))).toString())
                .contains("Refused")
                .doesNotContain("SECRET");
        assertThat(new Secret.Plain("https://example.com/SECRET").toString())
                .doesNotContain("SECRET");
    }
}
