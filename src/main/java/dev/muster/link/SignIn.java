package dev.muster.link;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// How a connection is signed in: exactly the keys of its {@link Offer}, and a password only when a
/// person gave one for the host. Nothing is ever tried twice.
final class SignIn {
    private SignIn() {}

    static Attempt attempt(ClientSession session) {
        return Objects.requireNonNull(
                session.getConnectionContext().getAttribute(MusterClient.ATTEMPT));
    }

    static boolean verify(ClientSession session, PublicKey key) {
        Attempt attempt = attempt(session);
        HostKeyCheck check =
                attempt.knownHosts.check(attempt.target.keyAddress(), key, Instant.now());
        attempt.hostKey = check;
        return check instanceof HostKeyCheck.Trusted;
    }

    static List<UserAuthFactory> factories() {
        return List.of(
                new KeysFactory(),
                new SecretFactory(UserAuthKeyboardInteractiveFactory.INSTANCE),
                new SecretFactory(UserAuthPasswordFactory.INSTANCE));
    }

    /// Gives the password once, to the one question that hides its answer.
    static UserInteraction interaction(String password) {
        return new UserInteraction() {
            private boolean given;

            @Override
            public boolean isInteractionAllowed(ClientSession session) {
                return true;
            }

            @Override
            public synchronized String @Nullable [] interactive(
                    ClientSession session,
                    String name,
                    String instruction,
                    String lang,
                    String[] prompt,
                    boolean[] echo) {
                if (prompt.length == 0) {
                    return new String[0];
                }
                if (given || prompt.length != 1 || echo[0]) {
                    return null;
                }
                given = true;
                return new String[] {password};
            }

            @Override
            public @Nullable String getUpdatedPassword(
                    ClientSession session, String prompt, String lang) {
                return null;
            }
        };
    }

    /// Offers the attempt's keys, and counts what the server refuses.
    private static final class KeysFactory extends UserAuthPublicKeyFactory {
        @Override
        public UserAuthPublicKey createUserAuth(ClientSession session) {
            return new UserAuthPublicKey(getSignatureFactories()) {
                @Override
                protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
                        ClientSession of, SignatureFactoriesManager signatures) {
                    Offer offer = attempt(of).offer;
                    return offer.keys().stream()
                            .map(key -> identity(key, offer, of, signatures))
                            .iterator();
                }

                @Override
                public void signalAuthMethodFailure(
                        ClientSession of,
                        String service,
                        boolean partial,
                        List<String> methods,
                        Buffer buffer)
                        throws Exception {
                    attempt(of).keysRefused++;
                    super.signalAuthMethodFailure(of, service, partial, methods, buffer);
                }
            };
        }

        private static PublicKeyIdentity identity(
                Offer.Key key,
                Offer offer,
                ClientSession session,
                SignatureFactoriesManager signatures) {
            return switch (key) {
                case Offer.Key.InAgent(var held, var comment) ->
                        new KeyAgentIdentity(Objects.requireNonNull(offer.agent()), held, comment);
                case Offer.Key.FromFile(var pair) -> new KeyPairIdentity(signatures, session, pair);
            };
        }
    }

    /// A method that needs a password: with none given, it only notes that the server would take
    /// one.
    private record SecretFactory(UserAuthFactory real) implements UserAuthFactory {
        @Override
        public String getName() {
            return real.getName();
        }

        @Override
        public UserAuth createUserAuth(ClientSession session) throws java.io.IOException {
            Attempt attempt = attempt(session);
            if (attempt.offer.password().isPresent()) {
                attempt.passwordRefused = true;
                return real.createUserAuth(session);
            }
            attempt.secretMethods.add(getName());
            return new Skipped(getName());
        }
    }

    private static final class Skipped extends AbstractUserAuth {
        Skipped(String name) {
            super(name);
        }

        @Override
        protected boolean sendAuthDataRequest(ClientSession session, String service) {
            return false;
        }

        @Override
        protected boolean processAuthDataRequest(
                ClientSession session, String service, Buffer buffer) {
            return false;
        }
    }
}
