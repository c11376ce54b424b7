package dev.muster.link;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoSession;

/// A session that proposes the host-key types that known_hosts holds first, and does not exchange
/// keys anew in step with all the others.
final class TunedSession extends ClientSessionImpl {
    TunedSession(ClientFactoryManager client, IoSession transport) throws Exception {
        super(client, transport);
        // The library's hour, but for hosts that were connected together not at the same moment.
        maxRekeyInterval = Duration.ofMinutes(60 + ThreadLocalRandom.current().nextLong(30));
    }

    /// Also called by the superclass's constructor, so it looks the attempt up anew each time.
    @Override
    protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
        List<String> all =
                Arrays.asList(super.resolveAvailableSignaturesProposal(manager).split(","));
        Object context = getIoSession().getAttribute(AttributeRepository.class);
        if (!(context instanceof AttributeRepository attributes)) {
            return String.join(",", all);
        }
        Attempt attempt = attributes.getAttribute(MusterClient.ATTEMPT);
        return String.join(",", attempt.knownHosts.order(attempt.target.keyAddress(), all));
    }
}
