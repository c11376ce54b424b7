package dev.muster.link;

import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/// The one SSH client that all connections share. It opens no sockets itself: each connection
/// brings its {@link StreamTransport}. Everything that the library does by default and Muster must
/// not (accept any host key, offer `~/.ssh/id_*`, read `~/.ssh/config`) is turned off here.
final class MusterClient extends SshClient {
    /// Set on a transport before its session is made.
    static final AttributeRepository.AttributeKey<Attempt> ATTEMPT =
            new AttributeRepository.AttributeKey<>();

    private static final long WINDOW = 1024 * 1024;

    static MusterClient started() {
        MusterClient client = new MusterClient();
        org.apache.sshd.client.ClientBuilder builder = new org.apache.sshd.client.ClientBuilder();
        builder.factory(() -> client);
        builder.build(true);
        client.setServerKeyVerifier((session, _, key) -> SignIn.verify(session, key));
        client.setHostConfigEntryResolver(
                org.apache.sshd.client.config.hosts.HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setUserAuthFactories(List.<UserAuthFactory>copyOf(SignIn.factories()));
        client.setForwardingFilter(
                org.apache.sshd.server.forward.RejectAllForwardingFilter.INSTANCE);
        CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, java.time.Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, java.time.Duration.ZERO);
        // A script that takes its time to read its input is no error of the connection.
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, java.time.Duration.ofDays(1));
        CoreModuleProperties.ABORT_ON_INVALID_CERTIFICATE.set(client, false);
        CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
        client.start();
        return client;
    }

    /// Starts SSH on a transport.
    ///
    /// @throws Exception what the library throws
    ClientSessionImpl begin(StreamTransport.Pipe pipe, Attempt attempt) throws Exception {
        StreamTransport transport = new StreamTransport(getSessionFactory(), connector, pipe);
        transport.setAttribute(
                AttributeRepository.class, AttributeRepository.ofKeyValuePair(ATTEMPT, attempt));
        getSessionFactory().sessionCreated(transport);
        ClientSessionImpl session = (ClientSessionImpl) AbstractSession.getSession(transport);
        session.setUsername(attempt.target.user());
        session.setConnectAddress(
                new org.apache.sshd.common.util.net.SshdSocketAddress(
                        KnownHosts.nameOf(attempt.target.keyAddress()), attempt.target.port()));
        transport.start(attempt.target.host());
        return session;
    }

    @Override
    protected SessionFactory createSessionFactory() {
        return new SessionFactory(this) {
            @Override
            protected ClientSessionImpl doCreateSession(IoSession transport) throws Exception {
                return new TunedSession(getClient(), transport);
            }
        };
    }

    @Override
    protected IoConnector createConnector() {
        return new NoConnector();
    }

    /// Connections come as transports: nothing is left for the library to connect.
    private static final class NoConnector extends AbstractCloseable implements IoConnector {
        @Override
        public IoConnectFuture connect(
                java.net.SocketAddress address,
                @Nullable AttributeRepository context,
                java.net.@Nullable SocketAddress local) {
            throw new UnsupportedOperationException("connect to " + address);
        }

        @Override
        public Map<Long, IoSession> getManagedSessions() {
            return Map.of();
        }

        @Override
        public @Nullable IoServiceEventListener getIoServiceEventListener() {
            return null;
        }

        @Override
        public void setIoServiceEventListener(IoServiceEventListener listener) {}

        @Override
        protected CloseFuture doCloseGracefully() {
            close(true);
            return closeFuture;
        }
    }
}
