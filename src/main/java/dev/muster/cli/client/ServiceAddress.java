package dev.muster.cli.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where the service is.
///
/// @param base scheme, host and port, without a slash at the end
/// @param local this machine's own default, where a missing service can be started
public record ServiceAddress(URI base, boolean local) {
    public static final URI DEFAULT = URI.create("http://127.0.0.1:7717");

    /// @throws IllegalArgumentException saying what is wrong with it
    public static ServiceAddress named(String text) {
        URI uri;
        try {
            uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "`" + text + "` is no address: " + e.getMessage(), e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "`" + text + "` is no address of a service: it looks like " + DEFAULT);
        }
        ServiceAddress address = new ServiceAddress(uri, false);
        if ("http".equals(uri.getScheme()) && !address.isLoopback()) {
            throw new IllegalArgumentException(
                    "`"
                            + text
                            + "` would carry the token in clear text: use https, or a local port that"
                            + " an SSH tunnel forwards (ssh -L 7717:127.0.0.1:7717)");
        }
        return address;
    }

    /// Whether what is sent there never leaves this machine.
    public boolean isLoopback() {
        String host = base.getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /// @param path below `/api/v1/`, encoded already
    public URI api(String path) {
        return URI.create(base + "/api/v1/" + path);
    }

    /// The same place for a WebSocket.
    public URI socket(String path) {
        return URI.create("ws" + api(path).toString().substring("http".length()));
    }

    /// One segment of a path, or one value of a query.
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
