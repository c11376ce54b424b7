package dev.muster.web;

import dev.muster.host.Host;
import dev.muster.link.Connector;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.Links;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets hosts wait until the service listens: signing in to many of them takes the processor, and
/// would delay its first answer. Whatever becomes of that news, they do not wait for long.
@Singleton
public class ConnectLater implements Connector {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Links links;
    private final CountDownLatch listening = new CountDownLatch(1);

    ConnectLater(Links links) {
        this.links = links;
    }

    void listening(@ObservesAsync HttpServerStart event) {
        listening.countDown();
    }

    void listening(@ObservesAsync HttpsServerStart event) {
        listening.countDown();
    }

    @Override
    public Link connect(Host host) throws LinkException, InterruptedException {
        boolean _ = listening.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        return links.connect(host);
    }

    @Override
    public void close() {
        links.close();
    }
}
