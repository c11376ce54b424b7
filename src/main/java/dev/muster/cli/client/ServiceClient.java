package dev.muster.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One service, asked over HTTP. Blocks; may be used from many threads.
///
/// It stands on `HttpURLConnection`: `java.net.http` starts a pool and a selector, which a command
/// that asks two questions pays for in start-up time.
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// Longer than the service takes for its slowest answer: it times its hosts out itself.
    private static final Duration ANSWER = Duration.ofSeconds(150);

    /// The service sends a comment at least every 15 s: this long a silence is a dead connection.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    static {
        // A request that fails is sent again by us, where it is safe, not behind our back.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final ServiceAddress address;
    private final Token token;

    public ServiceClient(ServiceAddress address, Token token) {
        this.address = address;
        this.token = token;
    }

    public ServiceAddress address() {
        return address;
    }

    /// The value of the `Authorization` header, or null where there is no token.
    public @Nullable String authorization() throws IOException {
        return token.read().map(t -> "Bearer " + t).orElse(null);
    }

    /// Asks for a document.
    ///
    /// @param path below `/api/v1/`
    /// @throws ProblemException when the service says why not
    /// @throws NoServiceException when there was no answer
    public <T> T get(String path, Class<T> type) throws IOException, ProblemException {
        return read(path, text(path), type);
    }

    /// Asks for a document and answers it as it came.
    public String text(String path) throws IOException, ProblemException {
        return send("GET", path, null);
    }

    /// Asks for an action.
    public <T> T post(String path, @Nullable Object body, Class<T> type)
            throws IOException, ProblemException {
        return read(path, send("POST", path, body), type);
    }

    public <T> T delete(String path, Class<T> type) throws IOException, ProblemException {
        return read(path, send("DELETE", path, null), type);
    }

    /// Opens an event stream.
    public EventStream events(String path) throws IOException, ProblemException {
        try {
            HttpURLConnection connection = open("GET", path, "text/event-stream", SILENCE);
            InputStream in = answer(connection, path);
            return new EventStream(in, connection::disconnect);
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    private String send(String method, String path, @Nullable Object body)
            throws IOException, ProblemException {
        try {
            HttpURLConnection connection = open(method, path, "application/json", ANSWER);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            } else if (method.equals("POST")) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(0);
                connection.getOutputStream().close();
            }
            try (InputStream in = answer(connection, path)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    private HttpURLConnection open(String method, String path, String accept, Duration silence)
            throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.api(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        // The token goes nowhere but to the address that the user named.
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) silence.toMillis());
        connection.setRequestProperty("Accept", accept + ", application/problem+json");
        String authorization = authorization();
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    private InputStream answer(HttpURLConnection connection, String path)
            throws IOException, ProblemException {
        int status = connection.getResponseCode();
        if (status / 100 == 2) {
            return connection.getInputStream();
        }
        String body = "";
        try (InputStream in = connection.getErrorStream()) {
            if (in != null) {
                body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw new ProblemException(problem(status, path, body));
    }

    private Problem problem(int status, String path, String body) {
        try {
            Problem problem = Json.read(body, Problem.class);
            // Another program's JSON has none of these.
            if (problem != null && problem.code() != null && problem.detail() != null) {
                return problem;
            }
        } catch (JsonProcessingException e) {
            // No problem document: said below.
        }
        boolean refused = status == 401 || status == 403;
        return new Problem(
                "about:blank",
                refused ? "Not allowed" : "Unexpected answer",
                status,
                refused
                        ? "The service at " + address.base() + " does not accept our token"
                        : address.base() + " answered /api/v1/" + path + " with status " + status,
                refused ? Problem.Code.NOT_ALLOWED : Problem.Code.FAILED,
                refused
                        ? "give $MUSTER_TOKEN, or use the account that started the service: its token"
                                + " lies in "
                                + token.file()
                        : "see that it is a Muster service of this version: muster version",
                null,
                null,
                body.isBlank() ? null : body.substring(0, Math.min(body.length(), 500)),
                List.of(),
                null);
    }

    private <T> T read(String path, String text, Class<T> type) throws IOException {
        try {
            return Json.read(text, type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    address.base()
                            + " answered /api/v1/"
                            + path
                            + " with something else than was asked for ("
                            + e.getOriginalMessage()
                            + "): see that it is a Muster service of this version: muster version",
                    e);
        }
    }

    private IOException lost(String path, IOException e) {
        if (e instanceof ConnectException) {
            return new NoServiceException("No service answers at " + address.base(), true, e);
        }
        return new NoServiceException(
                "The service at "
                        + address.base()
                        + " gave no whole answer to /api/v1/"
                        + path
                        + ": "
                        + (e.getMessage() == null ? e.toString() : e.getMessage()),
                false,
                e);
    }
}
