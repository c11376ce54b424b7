package dev.muster.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.agent.SshAgentConstants;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Speaks the agent protocol (draft-ietf-sshm-ssh-agent) over a Unix-domain socket of the JDK.
///
/// A request that the agent leaves unanswered, as one that asks its user does, ends after 20 s.
final class AgentClient extends AbstractAgentProxy {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST = 256 * 1024;

    private final SocketChannel channel;

    private AgentClient(SocketChannel channel) {
        super(null);
        this.channel = channel;
    }

    /// @throws IOException when nothing listens there
    static AgentClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new AgentClient(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io
                    ? io
                    : new IOException("no socket address: " + socket, e);
        }
    }

    /// The keys that it holds; one of a kind that the library does not know hides none of the
    /// others.
    @Override
    public List<Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        Buffer reply = request(createBuffer(SshAgentConstants.SSH2_AGENTC_REQUEST_IDENTITIES));
        if (reply.getUByte() != SshAgentConstants.SSH2_AGENT_IDENTITIES_ANSWER) {
            throw new IOException("the ssh-agent refused to list its keys");
        }
        List<Map.Entry<PublicKey, String>> keys = new ArrayList<>();
        int count = reply.getInt();
        for (int i = 0; i < count; i++) {
            byte[] blob = reply.getBytes();
            String comment = reply.getString();
            try {
                PublicKey key = new ByteArrayBuffer(blob).getRawPublicKey();
                if (key != null) {
                    keys.add(Map.entry(key, comment));
                }
            } catch (SshException | RuntimeException e) {
                log.debug("passing over the key {}", comment, e);
            }
        }
        return keys;
    }

    @Override
    protected Buffer request(Buffer buffer) throws IOException {
        CompletableFuture<Buffer> reply = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        reply.complete(exchange(buffer));
                    } catch (IOException | RuntimeException e) {
                        reply.completeExceptionally(e);
                    }
                });
        try {
            return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            channel.close();
            throw new IOException(
                    "the ssh-agent gave no answer within " + Texts.seconds(PATIENCE), e);
        } catch (ExecutionException e) {
            throw new IOException("the ssh-agent: " + Texts.cause(e), e);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the ssh-agent was asked", e);
        }
    }

    /// `buffer` has room for its length in front: {@link #prepare} is what fills it in.
    private Buffer exchange(Buffer buffer) throws IOException {
        Buffer whole = prepare(buffer);
        ByteBuffer out = ByteBuffer.wrap(whole.array(), whole.rpos(), whole.available());
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int length = read(4).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("an answer of " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("it closed the connection");
            }
        }
        return in.flip();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
