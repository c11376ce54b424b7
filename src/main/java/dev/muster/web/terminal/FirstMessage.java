package dev.muster.web.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.RequestCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.Optional;
import java.util.function.Consumer;

/// A page's WebSocket says who it is in its first message, `{"secret": SECRET}`, since a browser
/// lets it send no header. Until then nothing is opened for it, and it is not waited for long.
final class FirstMessage {
    private static final long WITHIN_MILLIS = 10_000;

    /// RFC 6455, 7.4.1: a message that violates the endpoint's policy.
    private static final short POLICY_VIOLATION = 1008;

    private FirstMessage() {}

    /// @param proven given the secret, on the connection's own thread, with nothing more read
    static void await(
            ServerWebSocket socket,
            Vertx vertx,
            ObjectMapper json,
            RequestCheck check,
            Consumer<String> proven) {
        socket.pause();
        long timer = vertx.setTimer(WITHIN_MILLIS, late -> socket.close(POLICY_VIOLATION));
        socket.closeHandler(closed -> vertx.cancelTimer(timer));
        socket.frameHandler(
                frame -> {
                    vertx.cancelTimer(timer);
                    secret(frame, json, check)
                            .ifPresentOrElse(proven, () -> socket.close(POLICY_VIOLATION));
                });
        socket.fetch(1);
    }

    private static Optional<String> secret(
            WebSocketFrame frame, ObjectMapper json, RequestCheck check) {
        if (!frame.isText() || !frame.isFinal()) {
            return Optional.empty();
        }
        try {
            String secret = json.readTree(frame.textData()).path("secret").asText("");
            return check.holder(secret)
                    .filter(caller -> caller.may(TokenScope.OWNER))
                    .map(_ -> secret);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
