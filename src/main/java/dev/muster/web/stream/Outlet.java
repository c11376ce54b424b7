package dev.muster.web.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.ExecutionException;

/// One subscriber's end of a stream. Sending waits until the client's connection has taken the
/// event, so that at most one event is in memory for it.
public final class Outlet {
    private final SseEventSink sink;
    private final Sse sse;
    private final ObjectMapper json;

    Outlet(SseEventSink sink, Sse sse, ObjectMapper json) {
        this.sink = sink;
        this.sse = sse;
        this.json = json;
    }

    boolean isOpen() {
        return !sink.isClosed();
    }

    /// @throws Gone when the client is no longer there
    public void send(String name, Object data) throws Gone, InterruptedException {
        write(
                sse.newEventBuilder()
                        .name(name)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(String.class, text(data))
                        .build());
    }

    /// Shows the client, and everything between, that the stream lives.
    void beat() throws Gone, InterruptedException {
        write(sse.newEventBuilder().comment("").build());
    }

    private void write(OutboundSseEvent event) throws Gone, InterruptedException {
        if (sink.isClosed()) {
            throw new Gone(null);
        }
        try {
            sink.send(event).toCompletableFuture().get();
        } catch (ExecutionException | IllegalStateException e) {
            throw new Gone(e);
        }
    }

    private String text(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't be written as JSON: " + data.getClass(), e);
        }
    }

    /// The client has closed its end.
    public static final class Gone extends Exception {
        private static final long serialVersionUID = 1L;

        Gone(@org.jspecify.annotations.Nullable Throwable cause) {
            super("the subscriber is gone", cause);
        }
    }
}
