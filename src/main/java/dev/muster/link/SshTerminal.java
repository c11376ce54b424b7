package dev.muster.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import org.apache.sshd.client.channel.ChannelExec;

/// A program on a terminal on the other side of a channel.
final class SshTerminal implements TerminalChannel {
    private final ChannelExec channel;
    private final SshProcess process;
    private final OutputStream in;

    SshTerminal(ChannelExec channel) {
        this.channel = channel;
        this.process = new SshProcess(channel);
        this.in = new FlushingOutput(channel.getInvertedIn());
    }

    @Override
    public InputStream out() {
        return process.out();
    }

    @Override
    public OutputStream in() {
        return in;
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        channel.sendWindowChange(size.columns(), size.rows());
    }

    @Override
    public CompletionStage<Integer> exited() {
        return process.exited();
    }

    @Override
    public void close() {
        process.close();
    }
}
