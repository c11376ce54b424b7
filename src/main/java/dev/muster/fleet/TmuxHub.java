package dev.muster.fleet;

import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.StandingStream;
import dev.muster.shell.HostLibrary;
import dev.muster.shell.HostScript;
import dev.muster.tmux.HubNews;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// The standing channel of a host's tmux server.
final class TmuxHub implements AutoCloseable {
    private final StandingStream stream;

    private TmuxHub(StandingStream stream) {
        this.stream = stream;
    }

    static TmuxHub open(Link link, String service) throws LinkException, InterruptedException {
        return new TmuxHub(link.open(HostScript.named("hub", HostLibrary.version(), service)));
    }

    /// Reads the news until the channel ends, as it does with the server.
    void follow(Consumer<HubNews> news) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.out(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                HubNews.parse(line).ifPresent(news);
            }
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
