package dev.muster.cli;

import dev.muster.cli.client.NoServiceException;
import java.time.Duration;
import java.util.List;

/// Sends a request again whose answer got lost. Only for requests that carry an id of ours, so that
/// the service does twice-asked things once.
final class Retry {
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMillis(100),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4));

    private Retry() {}

    interface Request<T> {
        T send() throws Exception;
    }

    /// @throws NoServiceException the last one, when none of the tries was answered
    static <T> T onLoss(Request<T> request) throws Exception {
        for (Duration pause : PAUSES) {
            try {
                return request.send();
            } catch (NoServiceException e) {
                Thread.sleep(pause);
            }
        }
        return request.send();
    }
}
