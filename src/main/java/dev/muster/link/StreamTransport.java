package dev.muster.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.DefaultCloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/// Carries one SSH connection over a pair of blocking streams: of a socket, of a channel inside a
/// jump host's connection, or of a ProxyCommand's process. One virtual thread reads, one writes, so
/// that nothing that one connection does (a slow agent, a slow disk) holds up another.
final class StreamTransport extends AbstractCloseable implements IoSession {
    private static final AtomicLong IDS = new AtomicLong();
    private static final int CHUNK = 32 * 1024;

    /// What bytes travel over.
    ///
    /// @param close ends both streams and wakes whoever is blocked in them
    record Pipe(InputStream in, OutputStream out, SocketAddress remote, Closeable close) {}

    private final long id = IDS.incrementAndGet();
    private final IoHandler handler;
    private final IoService service;
    private final Pipe pipe;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable Thread writer;

    /// A null buffer marks the end: what came before it has been written then.
    private record Pending(@Nullable Buffer buffer, WriteFuture future) {}

    StreamTransport(IoHandler handler, IoService service, Pipe pipe) {
        this.handler = handler;
        this.service = service;
        this.pipe = pipe;
    }

    void start(String name) {
        writer = Thread.ofVirtual().name("ssh-write-" + name).start(this::write);
        Thread.ofVirtual().name("ssh-read-" + name).start(this::read);
    }

    /// How many bytes have come so far: a connection on which bytes come is alive.
    long received() {
        return received.get();
    }

    private void read() {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int n = pipe.in().read(chunk); n >= 0; n = pipe.in().read(chunk)) {
                received.addAndGet(n);
                handler.messageReceived(this, new ByteArrayBuffer(chunk, 0, n));
            }
        } catch (Exception e) {
            failed(e);
        }
        close(true);
    }

    private void write() {
        try {
            while (true) {
                Pending next = queue.take();
                if (next.buffer == null) {
                    pipe.out().flush();
                    next.future.setValue(Boolean.TRUE);
                    return;
                }
                try {
                    pipe.out()
                            .write(
                                    next.buffer.array(),
                                    next.buffer.rpos(),
                                    next.buffer.available());
                    if (queue.isEmpty()) {
                        pipe.out().flush();
                    }
                    next.future.setValue(Boolean.TRUE);
                } catch (IOException e) {
                    next.future.setValue(e);
                    failed(e);
                    close(true);
                    return;
                }
            }
        } catch (InterruptedException | IOException _) {
            // Closing ends this thread; what is still queued is failed there.
            return;
        }
    }

    private void failed(Exception e) {
        if (isClosing()) {
            return;
        }
        try {
            handler.exceptionCaught(this, e);
        } catch (Exception other) {
            log.debug("while reporting {}", e, other);
        }
    }

    @Override
    public IoWriteFuture writeBuffer(Buffer buffer) {
        WriteFuture future = new WriteFuture(id);
        if (isClosing()) {
            future.setValue(new IOException("the connection is closed"));
        } else {
            queue.add(new Pending(buffer, future));
        }
        return future;
    }

    @Override
    protected CloseFuture doCloseGracefully() {
        CloseFuture flushed = new DefaultCloseFuture(id, futureLock);
        WriteFuture last = new WriteFuture(id);
        last.addListener(written -> flushed.setClosed());
        queue.add(new Pending(null, last));
        return flushed;
    }

    @Override
    protected void doCloseImmediately() {
        Closing.quietly(pipe.close());
        Thread running = writer;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
        for (Pending left = queue.poll(); left != null; left = queue.poll()) {
            left.future.setValue(new IOException("the connection was closed"));
        }
        super.doCloseImmediately();
        try {
            handler.sessionClosed(this);
        } catch (Exception e) {
            log.debug("sessionClosed", e);
        }
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return pipe.remote();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return pipe.remote();
    }

    @Override
    public SocketAddress getAcceptanceAddress() {
        return pipe.remote();
    }

    @Override
    public IoService getService() {
        return service;
    }

    @Override
    public @Nullable Object getAttribute(Object key) {
        return attributes.get(key);
    }

    @Override
    public @Nullable Object setAttribute(Object key, Object value) {
        return attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    @Override
    public @Nullable Object removeAttribute(Object key) {
        return attributes.remove(key);
    }

    @Override
    public void shutdownOutputStream() throws IOException {
        pipe.out().close();
    }

    /// Reading needs no suspension: channel windows bound what can come.
    @Override
    public void suspendRead() {}

    @Override
    public void resumeRead() {}

    private static final class WriteFuture extends AbstractIoWriteFuture {
        WriteFuture(Object id) {
            super(id, null);
        }
    }
}
