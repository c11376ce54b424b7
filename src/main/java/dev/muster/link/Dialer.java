package dev.muster.link;

import dev.muster.link.LinkFailure.Misconfigured;
import dev.muster.link.LinkFailure.Offline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CancelOption;
import org.jspecify.annotations.Nullable;

/// Makes connections: the way there, SSH on it, the host key, the login. One for the whole service.
final class Dialer implements AutoCloseable {
    private final LinkSettings settings;
    private final KnownHostsStore own;
    private final Offers offers;
    private final Secrets secrets;
    private final Transports transports;
    private final ConnectGate gate = new ConnectGate();
    private final MusterClient client = MusterClient.started();

    Dialer(LinkSettings settings, KnownHostsStore own, SshAgent agent, Secrets secrets) {
        this.settings = settings;
        this.own = own;
        this.offers = new Offers(agent, secrets);
        this.secrets = secrets;
        this.transports = new Transports(settings.env());
        client.addSessionListener(new SessionNotes());
    }

    SshConnection dial(SshTarget target, Deadline deadline)
            throws LinkException, InterruptedException {
        @Nullable SshConnection jump =
                target.jump().isPresent() ? dial(target.jump().get(), deadline) : null;
        boolean connected = false;
        try (ConnectGate.Pass pass =
                gate.enter(target.name() + ":" + target.port(), deadline.left())) {
            if (pass == null) {
                throw new LinkException(
                        new Offline(
                                "no turn to connect to "
                                        + target.text()
                                        + " came within "
                                        + Texts.seconds(deadline.whole())
                                        + ": others are connecting there"));
            }
            try (Offer offer = offers.prepare(target)) {
                Attempt attempt = new Attempt(target, knownHosts(target), offer);
                ClientSession session = signIn(attempt, jump, deadline);
                connected = true;
                return new SshConnection(session, attempt, jump, settings.timings());
            }
        } finally {
            if (!connected && jump != null) {
                jump.close();
            }
        }
    }

    private KnownHosts knownHosts(SshTarget target) throws LinkException {
        List<Path> files = new ArrayList<>();
        files.add(own.file());
        files.addAll(target.knownHosts());
        try {
            return KnownHosts.read(files);
        } catch (IOException e) {
            throw new LinkException(
                    new Misconfigured(
                            "the known_hosts files for " + target.host() + " can't be read: " + e),
                    e);
        }
    }

    private ClientSession signIn(Attempt attempt, @Nullable SshConnection jump, Deadline deadline)
            throws LinkException, InterruptedException {
        StreamTransport.Pipe pipe = transports.open(attempt, jump, deadline);
        @Nullable ClientSession session = null;
        boolean done = false;
        try {
            session = client.begin(pipe, attempt);
            attempt.offer
                    .password()
                    .map(SignIn::interaction)
                    .ifPresent(session::setUserInteraction);
            attempt.offer.password().ifPresent(session::addPasswordIdentity);
            AuthFuture auth = session.auth();
            if (!auth.await(deadline.left().toMillis(), CancelOption.CANCEL_ON_TIMEOUT)) {
                throw new LinkException(late(attempt, deadline));
            }
            if (!auth.isSuccess()) {
                throw refused(attempt, auth.getException());
            }
            done = true;
            return session;
        } catch (LinkException | InterruptedException e) {
            throw e;
        } catch (java.io.InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (Exception e) {
            throw refused(attempt, e);
        } finally {
            if (!done) {
                if (session != null) {
                    session.close(true);
                }
                Closing.quietly(pipe.close());
            }
        }
    }

    private LinkException refused(Attempt attempt, @Nullable Throwable thrown) {
        LinkFailure failure = Diagnosis.of(attempt, thrown);
        if (failure instanceof LinkFailure.Locked && attempt.passwordRefused) {
            // Never tried twice: servers lock accounts for that.
            secrets.forget(attempt.target.host(), Secrets.Kind.PASSWORD);
        }
        return thrown == null ? new LinkException(failure) : new LinkException(failure, thrown);
    }

    private static LinkFailure late(Attempt attempt, Deadline deadline) {
        return new Offline(
                attempt.target.text()
                        + (attempt.identified
                                ? " took the connection, but signing in was not done within "
                                : " took the connection, but did not say that it is SSH within ")
                        + Texts.seconds(deadline.whole()));
    }

    @Override
    public void close() {
        client.stop();
    }
}
