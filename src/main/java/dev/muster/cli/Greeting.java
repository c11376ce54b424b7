package dev.muster.cli;

import dev.muster.api.Outcome;
import dev.muster.api.ServiceInfo;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// What is to be said and done when a command meets a service on its own machine: the service may
/// read another hosts file than the command means, and may know only an ssh-agent that is gone.
final class Greeting {
    private final Context context;
    private final ServiceClient client;

    Greeting(Context context, ServiceClient client) {
        this.context = context;
        this.client = client;
    }

    void greet(ServiceInfo info) throws IOException {
        Path mine = context.hostsFile();
        difference(info, mine, Files.isRegularFile(mine)).ifPresent(context::warn);
        if (!info.sshAuthSock()) {
            context.surroundings().env("SSH_AUTH_SOCK").ifPresent(this::offerAgent);
        }
    }

    /// The warning to give, if any.
    ///
    /// @param mine the file that this command means
    static Optional<String> difference(ServiceInfo info, Path mine, boolean exists)
            throws IOException {
        if (!info.hostsErrors().isEmpty()) {
            return Optional.of(
                    "the service keeps to the hosts it read before, since the file has "
                            + (info.hostsErrors().size() == 1
                                    ? "a fault: "
                                    : info.hostsErrors().size() + " faults, the first: ")
                            + info.hostsErrors().getFirst());
        }
        String theirs = info.hostsFile();
        if (theirs == null) {
            return exists
                    ? Optional.of("the service was started without a hosts file, not with " + mine)
                    : Optional.empty();
        }
        if (!exists) {
            return mine.equals(Path.of(theirs))
                    ? Optional.of("the service reads " + theirs + ", which is gone")
                    : Optional.of("the service reads " + theirs + "; there is no " + mine);
        }
        if (info.hostsDigest() == null || info.hostsDigest().equals(digest(mine))) {
            return Optional.empty();
        }
        return Optional.of(
                isSame(mine, Path.of(theirs))
                        ? mine + " has changed since the service read it"
                        : "the service reads "
                                + theirs
                                + ", which says something else than "
                                + mine);
    }

    private static boolean isSame(Path mine, Path theirs) throws IOException {
        return mine.equals(theirs) || Files.exists(theirs) && Files.isSameFile(mine, theirs);
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private void offerAgent(String socket) {
        if (!Files.exists(Path.of(socket))) {
            return;
        }
        try {
            client.post("service/ssh-agent", Map.of("socket", socket), Outcome.class);
        } catch (IOException | ProblemException e) {
            context.warn(
                    "the service's ssh-agent does not answer, and it did not take ours: "
                            + e.getMessage());
        }
    }
}
