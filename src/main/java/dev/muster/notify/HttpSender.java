package dev.muster.notify;

import dev.muster.host.Notices.Way;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends a notice by HTTP, to the address that the hosts file names and no other: redirects are not
/// followed, and nothing of a notice becomes part of an address.
final class HttpSender implements Sender {
    /// How long to wait for an answer.
    static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Way way;
    private final HttpClient http;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration answer;

    /// @param answer how long to wait for one
    HttpSender(Way way, HttpClient http, Secrets secrets, Clock clock, Duration answer) {
        this.way = way;
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public Outcome send(Notice notice) throws InterruptedException {
        HttpRequest request;
        try {
            request = request(notice);
        } catch (Secrets.Missing e) {
            return new Outcome.Failed(e.why(), null);
        } catch (IllegalArgumentException e) {
            // Its message would repeat what may be a secret.
            return new Outcome.Refused("its address or token is not one that can be sent to");
        }
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            // What it says further is of no interest, however long it goes on.
            response.body().close();
            return judge(response);
        } catch (HttpTimeoutException e) {
            return new Outcome.Failed("no answer within " + answer.toSeconds() + " s", null);
        } catch (ConnectException e) {
            return new Outcome.Failed("it could not be connected to", null);
        } catch (IOException e) {
            return new Outcome.Failed(
                    "the connection broke (" + e.getClass().getSimpleName() + ")", null);
        }
    }

    private HttpRequest request(Notice notice) throws Secrets.Missing {
        return switch (way) {
            case Way.Webhook hook -> webhook(hook, notice);
            case Way.Slack slack ->
                    post(uri(secrets.of(slack.url())), Bodies.slack(notice)).build();
            case Way.Ntfy ntfy -> ntfy(ntfy, notice);
            case Way.Desktop desktop -> throw new IllegalStateException("a desktop has no address");
        };
    }

    private HttpRequest webhook(Way.Webhook hook, Notice notice) throws Secrets.Missing {
        String body =
                hook.body()
                        .map(template -> Bodies.template(template, notice))
                        .orElseGet(() -> Bodies.own(notice));
        long seconds = clock.instant().getEpochSecond();
        HttpRequest.Builder request =
                post(uri(secrets.of(hook.url())), body)
                        .header("webhook-id", notice.id())
                        .header("webhook-timestamp", Long.toString(seconds));
        if (hook.secret().isPresent()) {
            String secret = secrets.of(hook.secret().get());
            request.header("webhook-signature", Signature.of(secret, notice.id(), seconds, body));
        }
        return request.build();
    }

    private HttpRequest ntfy(Way.Ntfy ntfy, Notice notice) throws Secrets.Missing {
        URI topic = uri(secrets.of(ntfy.url()));
        String path = topic.getPath();
        HttpRequest.Builder request =
                post(
                        topic.resolve("."),
                        Bodies.ntfy(notice, path.substring(path.lastIndexOf('/') + 1)));
        if (ntfy.token().isPresent()) {
            request.header("Authorization", "Bearer " + secrets.of(ntfy.token().get()));
        }
        return request.build();
    }

    private static URI uri(String address) {
        return URI.create(address);
    }

    private HttpRequest.Builder post(URI address, String body) {
        return HttpRequest.newBuilder(address)
                .timeout(answer)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "muster")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    private static Outcome judge(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Sent();
        }
        if (status / 100 == 3) {
            return new Outcome.Refused(
                    "it answered with a redirect (" + status + "), which is not followed");
        }
        String why = "it answered with status " + status;
        return status == 408 || status == 425 || status == 429 || status / 100 == 5
                ? new Outcome.Failed(why, wait(response))
                : new Outcome.Refused(why);
    }

    /// `Retry-After` in seconds, within reason.
    private static @Nullable Duration wait(HttpResponse<?> response) {
        Optional<Duration> asked =
                response.headers()
                        .firstValue("Retry-After")
                        .filter(value -> value.matches("\\d{1,6}"))
                        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return asked.map(d -> d.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : d).orElse(null);
    }
}
