package dev.muster.cli.terminal;

import dev.muster.api.Problem;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceAddress;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.terminal.Connection.End;
import dev.muster.cli.text.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Carries a session's terminal into the user's own, until it ends or the user leaves; connects
/// again by itself when the connection breaks.
public final class RemoteTerminal {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// @param session the session's id
    /// @param kind `agent` or `shell`
    /// @param join whether it keeps the size that others who look at it have, while they do
    /// @param term the user's `TERM`
    public record Wish(String session, String kind, boolean readOnly, boolean join, String term) {
        private String path(OwnTerminal terminal) {
            return "sessions/"
                    + ServiceAddress.encode(session)
                    + "/terminal?kind="
                    + kind
                    + "&readOnly="
                    + readOnly
                    + "&join="
                    + join
                    + "&columns="
                    + terminal.columns()
                    + "&rows="
                    + terminal.rows()
                    + "&term="
                    + ServiceAddress.encode(term);
        }
    }

    private final ServiceClient service;
    private final Wish wish;

    public RemoteTerminal(ServiceClient service, Wish wish) {
        this.service = service;
        this.wish = wish;
    }

    /// @param typed what the user types
    /// @return the exit status of the other side, or empty when the user left while the connection
    ///     was broken
    /// @throws ProblemException when the service says why not
    /// @throws IOException when this process has no terminal, or the first connection fails
    public OptionalInt run(InputStream typed)
            throws IOException, InterruptedException, ProblemException {
        try (OwnTerminal terminal = OwnTerminal.open();
                HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            terminal.raw();
            Keys keys = Keys.from(typed);
            boolean shown = false;
            Duration pause = FIRST_PAUSE;
            while (true) {
                End end = once(http, terminal, keys);
                String why;
                switch (end) {
                    case End.Exited(int status) -> {
                        return OptionalInt.of(status);
                    }
                    case End.Refused(Problem problem) -> {
                        if (!shown || !mayPass(problem.code())) {
                            throw new ProblemException(problem);
                        }
                        why = problem.detail();
                    }
                    case End.Lost(String reason, boolean some) -> {
                        if (!shown && !some) {
                            throw new IOException(
                                    "The terminal did not open at "
                                            + service.address().base()
                                            + ": "
                                            + reason);
                        }
                        if (some) {
                            terminal.sober();
                            pause = FIRST_PAUSE;
                        }
                        shown = true;
                        why = reason;
                    }
                }
                terminal.write(
                        "\r\nmuster: the connection broke ("
                                + Escape.line(why)
                                + "); trying again. Ctrl-C leaves; the session goes on.\r\n");
                if (keys.leftWithin(pause)) {
                    return OptionalInt.empty();
                }
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        }
    }

    private End once(HttpClient http, OwnTerminal terminal, Keys keys)
            throws IOException, InterruptedException {
        Connection connection = new Connection(bytes -> terminal.write(bytes, bytes.length));
        WebSocket socket = null;
        try {
            socket = open(http, terminal, connection);
            keys.to(connection::send);
            terminal.onResize(() -> connection.resize(terminal.columns(), terminal.rows()));
            return connection.await();
        } catch (CompletionException e) {
            return failed(e.getCause());
        } finally {
            keys.to(null);
            if (socket != null) {
                socket.abort();
            }
        }
    }

    private WebSocket open(HttpClient http, OwnTerminal terminal, Connection connection)
            throws IOException {
        URI uri = service.address().socket(wish.path(terminal));
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT);
        String authorization = service.authorization();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.buildAsync(uri, connection).join();
    }

    private End failed(@Nullable Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            boolean token = status == 401 || status == 403;
            if (status / 100 == 4) {
                return new End.Refused(
                        Problem.of(
                                "Terminal refused",
                                status,
                                token ? Problem.Code.NOT_ALLOWED : Problem.Code.FAILED,
                                "The service at "
                                        + service.address().base()
                                        + " refused the terminal with status "
                                        + status,
                                "see which service it is: muster version"));
            }
            return new End.Lost("the service answered with status " + status, false);
        }
        String message = cause == null ? null : cause.getMessage();
        return new End.Lost(message == null ? "no answer (" + cause + ")" : message, false);
    }

    /// Whether it may be otherwise when tried again.
    private static boolean mayPass(Problem.Code code) {
        return switch (code) {
            case UNREACHABLE, UNKNOWN -> true;
            case FAILED, USAGE, NOT_FOUND, CONFLICT, WOULD_LOSE, NOT_ALLOWED -> false;
        };
    }
}
