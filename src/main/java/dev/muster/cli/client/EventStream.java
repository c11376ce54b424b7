package dev.muster.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html):
/// names and data; ids, retry times and comments are passed over.
public final class EventStream implements AutoCloseable {
    private final BufferedReader in;
    private final Runnable hangUp;

    /// @param hangUp ends the connection, at once, from any thread
    EventStream(InputStream in, Runnable hangUp) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.hangUp = hangUp;
    }

    /// Waits for the next event; empty at the end of the stream. An event that the end cut short is
    /// no event.
    ///
    /// @throws NoServiceException when the connection broke, or was silent for too long
    public Optional<ServerEvent> next() throws NoServiceException {
        try {
            String name = "message";
            StringBuilder data = new StringBuilder();
            boolean any = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    if (any) {
                        return Optional.of(new ServerEvent(name, data.toString()));
                    }
                    name = "message";
                } else if (line.startsWith("event:")) {
                    name = value(line);
                } else if (line.startsWith("data:")) {
                    data.append(any ? "\n" : "").append(value(line));
                    any = true;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new NoServiceException("The event stream broke off: " + e.getMessage(), false, e);
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public void close() {
        hangUp.run();
    }
}
