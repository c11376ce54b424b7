package dev.muster.fleet.doctor;

import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.link.LinkFailure;
import dev.muster.link.VerifiedKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a host can be reached, by whom it was verified, and what of `~/.ssh/config` is passed
/// over.
final class LinkChecks {
    private LinkChecks() {}

    static List<Check> of(Host host, LinkView link) {
        List<Check> checks = new ArrayList<>();
        checks.add(reachable(host, link));
        switch (host.reach()) {
            case Reach.Local _ -> {}
            case Reach.Ssh _ -> {
                checks.add(hostKey(host, link));
                if (!link.ignored().isEmpty()) {
                    checks.add(
                            Check.warning(
                                    "ssh-config",
                                    "set for "
                                            + link.target()
                                            + " and not honoured by Muster: "
                                            + String.join(", ", link.ignored()),
                                    "if `ssh` needs one of these to get there, Muster needs"
                                            + " another way"));
                }
            }
        }
        return checks;
    }

    private static Check reachable(Host host, LinkView link) {
        if (link.online()) {
            String latency =
                    link.latency().map(time -> ", " + time.toMillis() + " ms away").orElse("");
            return Check.ok("reachable", "online as " + link.target() + latency);
        }
        LinkFailure failure = link.failure();
        if (failure == null) {
            return Check.unknown(
                    "reachable",
                    link.state() + ": no try to reach " + link.target() + " has ended");
        }
        return Check.missing(
                "reachable", link.state() + ": " + failure.detail(), fix(host.name(), failure));
    }

    /// What a person does about it.
    static String fix(String host, LinkFailure failure) {
        return switch (failure) {
            case LinkFailure.Offline _ ->
                    "see that it is up and that `ssh` gets there from this machine; Muster keeps"
                            + " trying by itself";
            case LinkFailure.Locked _ -> "`muster unlock " + host + "`";
            case LinkFailure.AuthFailed failed when failed.takesPassword() ->
                    "give the account there one of your public keys, or its password to Muster:"
                            + " `muster unlock "
                            + host
                            + "`";
            case LinkFailure.AuthFailed _ ->
                    "give the account there one of your public keys, or name another with"
                            + " `identity:` in hosts.yaml; then `muster unlock "
                            + host
                            + "` if that key has a passphrase";
            case LinkFailure.HostKeyUnknown _ ->
                    "compare the fingerprint, then `muster hosts trust " + host + "`";
            case LinkFailure.HostKeyChanged changed ->
                    changed.expected().isEmpty()
                            ? "ask whoever runs it for its new key: a revoked one is never trusted"
                            : "find out why it changed; only if the machine was made anew: `muster"
                                    + " hosts trust "
                                    + host
                                    + "`";
            case LinkFailure.Penalised _ ->
                    "wait: it lifts within minutes; logins that fail from this machine, other"
                            + " programs' too, prolong it";
            case LinkFailure.Misconfigured _ ->
                    "change what it names, in hosts.yaml or ~/.ssh/config: trying again won't help";
        };
    }

    private static Check hostKey(Host host, LinkView link) {
        VerifiedKey key = link.key().orElse(null);
        if (key != null) {
            return Check.ok(
                    "host-key",
                    key.type() + " " + key.fingerprint() + ", known by " + key.source());
        }
        @Nullable LinkFailure failure = link.failure();
        return switch (failure) {
            case LinkFailure.HostKeyUnknown unknown ->
                    Check.missing("host-key", unknown.detail(), fix(host.name(), unknown));
            case LinkFailure.HostKeyChanged changed ->
                    Check.missing("host-key", changed.detail(), fix(host.name(), changed));
            case null -> Check.unknown("host-key", "no connection has shown it");
            case LinkFailure.Offline _,
                    LinkFailure.Locked _,
                    LinkFailure.AuthFailed _,
                    LinkFailure.Penalised _,
                    LinkFailure.Misconfigured _ ->
                    Check.unknown("host-key", "there is no connection that shows it now");
        };
    }
}
