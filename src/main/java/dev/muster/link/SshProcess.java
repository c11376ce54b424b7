package dev.muster.link;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.jspecify.annotations.Nullable;

/// A command that runs on the other side of a channel. The channel's window bounds what waits here
/// unread: a slow reader holds up its own channel, and nobody else.
final class SshProcess implements StandingStream {
    private static final Map<String, Integer> SIGNALS =
            Map.ofEntries(
                    Map.entry("HUP", 1),
                    Map.entry("INT", 2),
                    Map.entry("QUIT", 3),
                    Map.entry("ILL", 4),
                    Map.entry("ABRT", 6),
                    Map.entry("FPE", 8),
                    Map.entry("KILL", 9),
                    Map.entry("USR1", 10),
                    Map.entry("SEGV", 11),
                    Map.entry("USR2", 12),
                    Map.entry("PIPE", 13),
                    Map.entry("ALRM", 14),
                    Map.entry("TERM", 15));

    private final ChannelExec channel;
    private final CompletableFuture<Integer> exited = new CompletableFuture<>();

    SshProcess(ChannelExec channel) {
        this.channel = channel;
        channel.addChannelListener(
                new ChannelListener() {
                    @Override
                    public void channelStateChanged(Channel of, @Nullable String hint) {
                        int status = status(channel);
                        if (status >= 0) {
                            exited.complete(status);
                        }
                    }
                });
        channel.addCloseFutureListener(_ -> exited.complete(status(channel)));
    }

    /// RFC 4254, 6.10: a status, or the name of a signal; -1 while there is neither.
    private static int status(ChannelExec channel) {
        Integer status = channel.getExitStatus();
        if (status != null) {
            return status;
        }
        String signal = channel.getExitSignal();
        return signal == null ? -1 : 128 + SIGNALS.getOrDefault(signal, 0);
    }

    @Override
    public InputStream out() {
        return channel.getInvertedOut();
    }

    @Override
    public InputStream err() {
        return channel.getInvertedErr();
    }

    @Override
    public OutputStream in() {
        return channel.getInvertedIn();
    }

    @Override
    public CompletionStage<Integer> exited() {
        return exited;
    }

    @Override
    public void close() {
        channel.close(false);
    }
}
