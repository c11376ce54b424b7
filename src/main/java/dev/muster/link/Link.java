package dev.muster.link;

import dev.muster.shell.Script;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A live connection to one host. All methods block the calling (virtual) thread, none for longer
/// than it says; all may be called from many threads at once.
public interface Link extends AutoCloseable {

    /// Runs a script to its end. At most six run at once, more wait their turn.
    ///
    /// @param timeout from the call to the last byte, the wait for a turn included
    /// @throws LinkException when no complete answer came: the script may or may not have run
    RunResult run(Script script, Duration timeout) throws LinkException, InterruptedException;

    /// Opens a standing channel: a script that runs until either side closes.
    ///
    /// @throws LinkException when it could not be opened
    StandingStream open(Script script) throws LinkException, InterruptedException;

    /// Opens a terminal on a second connection, made when first needed.
    ///
    /// @param command a constant command line; carries a session's id at most
    /// @throws LinkException when it could not be opened
    TerminalChannel terminal(String command, TerminalSize size)
            throws LinkException, InterruptedException;

    /// The round trip of the last heartbeat, if there was one.
    Optional<Duration> latency();

    /// How it was reached in the end, all of `~/.ssh/config` resolved: `user@name:port`; empty for
    /// this machine.
    default Optional<String> target() {
        return Optional.empty();
    }

    /// What the host's key was verified by; empty where there is none, as on this machine.
    default Optional<VerifiedKey> key() {
        return Optional.empty();
    }

    /// Completes when the connection ends, with what was seen; never exceptionally.
    CompletionStage<LinkFailure> closed();

    @Override
    void close();
}
