package dev.muster.fleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.doctor.Check.State;
import dev.muster.fleet.doctor.Examination.AskedAgent;
import dev.muster.host.AgentSpec;
import dev.muster.host.Host;
import dev.muster.host.Reach;
import dev.muster.host.Repo;
import dev.muster.link.LinkFailure;
import dev.muster.link.LinkFailure.OfferedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the answers of a host are taken to mean.
class ExaminationTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Probe.Silent SILENT = new Probe.Silent("no answer within 17 s");

    private static final String MACHINE =
            """
            os Linux_6.1.0
            uid 1000
            time 1000003
            shell %s
            path %s
            git %s %s
            tmux %s %s
            locales 1
            terminal yes
            state %s 60
            state-mode drwx------ 1000
            state-write yes
            disk 50000000 40000000
            inodes 1000000 900000
            done
            """
                    .formatted(
                            hex("/bin/bash"),
                            hex("/usr/bin:/bin"),
                            hex("/usr/bin/git"),
                            hex("git version 2.39.5"),
                            hex("/usr/bin/tmux"),
                            hex("tmux 3.3a"),
                            hex("/home/dev/.local/state/muster/m"));

    private static final String LOGIN =
            """
            motd of the rc files
            @asked 1000
            @begun 1020
            @path 2f
            @locale %s
            @agent claude %s %s
            @claude claude file %s
            @claude claude signed login
            @claude claude onboarding true
            @claude claude trust true /srv/a\\"b
            @claude claude read
            @done

            @left 1050 0
            """
                    .formatted(
                            hex("de_DE.utf8"),
                            hex("/home/dev/.local/bin/claude"),
                            hex("2.1.329 (Claude Code)\n0"),
                            hex("/home/dev/.claude.json"));

    private static final String REPO =
            """
            path %1$s
            is folder
            real %1$s
            top %1$s
            head 0123456789abcdef
            base 0123456789abcdef
            worktrees %1$s yes %1$s
            disk 50000000 40000000
            stale 0
            identity
            done
            """
                    .formatted(hex("/srv/a\"b"));

    @Test
    void findsASoundHostSound() {
        assertThat(checks(MACHINE, LOGIN, REPO))
                .isNotEmpty()
                .allSatisfy(
                        check -> assertThat(check.state()).as(check.toString()).isEqualTo(State.OK))
                .allSatisfy(check -> assertThat(check.fix()).isNull());
        assertThat(of(checks(MACHINE, LOGIN, REPO), "agent:claude").detail())
                .isEqualTo("/home/dev/.local/bin/claude, version 2.1.329 (Claude Code)");
    }

    @Test
    void callsNothingMissingThatCouldNotBeAsked() {
        List<Check> checks =
                new Examination(host(), agents(), online(), SILENT, SILENT, Map.of(), NOW).checks();
        assertThat(checks)
                .filteredOn(check -> !check.what().equals("reachable"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.state()).isEqualTo(State.UNKNOWN));
        assertThat(of(checks, "tmux").detail()).isEqualTo("no answer within 17 s");
    }

    @Property(tries = 200)
    void callsNothingMissingWhoseAnswerBrokeOff(@ForAll int cut) {
        String machine = MACHINE.substring(0, Math.floorMod(cut, MACHINE.length()));
        String repo = REPO.substring(0, Math.floorMod(cut, REPO.length()));
        String login = LOGIN.substring(0, Math.floorMod(cut, LOGIN.indexOf("@left")));
        List<Check> checks = checks(machine, login, repo);
        assertThat(checks)
                .filteredOn(check -> !check.what().equals("login-shell"))
                .allSatisfy(
                        check ->
                                assertThat(check.state())
                                        .as(check.toString())
                                        .isNotEqualTo(State.MISSING));
    }

    @Property(tries = 300)
    void neverStumblesOverWhatAHostSays(@ForAll String machine, @ForAll String login) {
        assertThat(checks(machine + MACHINE, "@" + login + "\n" + LOGIN, login)).isNotEmpty();
        assertThat(checks("disk " + machine, "@agent " + login, "base " + login)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "terminal yes | terminal no | terminal | WARNING | screen",
                "state-write yes | state-write no | state | MISSING | can't be written",
                "drwx------ 1000 | drwxr-xr-x 1000 | state | WARNING | open to others",
                "drwx------ 1000 | drwx------ 0 | state | MISSING | belongs to user 0",
                "disk 50000000 40000000 | disk 50000000 900000 | disk | WARNING | 878 MiB free",
                "disk 50000000 40000000 | disk 50000000 2000000 | disk | WARNING | 1.9 GiB free",
                "1000000 900000 | 1000000 40000 | inodes | WARNING | 40000 of 1000000",
                "time 1000003 | time 999000 | clock | WARNING | 1000 s behind",
                "terminal yes | lacks od | sh | MISSING | od",
                "terminal yes | fs nfs | state-disk | WARNING | network disk",
                "terminal yes | max-sessions 2 | max-sessions | WARNING | MaxSessions 2",
                "terminal yes | keychain 00 | keychain | WARNING | keychain is closed",
            })
    void namesWhatIsWrongWithTheMachine(
            String good, String bad, String what, State state, String part) {
        Check check = of(checks(MACHINE.replace(good, bad), LOGIN, REPO), what);
        assertThat(check.state()).as(check.toString()).isEqualTo(state);
        assertThat(check.detail()).contains(part);
        assertThat(check.fix()).isNotBlank();
    }

    @Test
    void warnsOfSystemdThatEndsSessionsAtLogout() {
        String kills = MACHINE.replace("done", "systemd\nlinger no\nkill-user-processes yes\ndone");
        assertThat(of(checks(kills, LOGIN, REPO), "linger"))
                .satisfies(check -> assertThat(check.state()).isEqualTo(State.WARNING))
                .satisfies(check -> assertThat(check.fix()).contains("enable-linger"));
        String lingers = kills.replace("linger no", "linger yes");
        assertThat(of(checks(lingers, LOGIN, REPO), "linger").state()).isEqualTo(State.OK);
    }

    @Test
    void tellsAProgramThatOnlyTheLoginShellFindsFromOneThatIsNotThere() {
        String none =
                MACHINE.lines()
                        .map(line -> line.startsWith("tmux ") ? "tmux none" : line)
                        .reduce("", (a, b) -> a + b + "\n");
        assertThat(of(checks(none, LOGIN, REPO), "tmux").detail()).isEqualTo("not found");
        String login = "@tmux " + hex("/opt/homebrew/bin/tmux") + "\n" + LOGIN;
        assertThat(of(checks(none, login, REPO), "tmux").detail())
                .contains("only the login shell finds it, at /opt/homebrew/bin/tmux")
                .contains("/usr/bin:/bin");
    }

    @Test
    void seesAServerOfAnOlderTmux() {
        String said = hex("server exited unexpectedly\nprotocol version mismatch (client 8, 7)");
        Check check = of(checks("tmux-server " + said + "\n" + MACHINE, LOGIN, REPO), "tmux");
        assertThat(check.state()).isEqualTo(State.MISSING);
        assertThat(check.detail()).contains("protocol version mismatch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@begun 1020 | @begun 1400 | login-shell | WARNING | 4000 ms",
                "@path 2f | @ate | login-shell | WARNING | reads standard input",
                "onboarding true | onboarding false | first-run:claude | WARNING | will ask",
                "signed login | signed no | sign-in:claude | WARNING | no key",
                "signed login | signed key | first-run:claude | WARNING | the API key",
                "trust true | trust false | trust:api | WARNING | has not been told to trust",
                "@claude claude read | @claude claude unreadable | first-run:claude | UNKNOWN"
                        + " | can't be read",
            })
    void namesWhatKeepsAnAgentFromBeginning(
            String good, String bad, String what, State state, String part) {
        Check check = of(checks(MACHINE, LOGIN.replace(good, bad), REPO), what);
        assertThat(check.state()).as(check.toString()).isEqualTo(state);
        assertThat(check.detail()).contains(part);
    }

    @Test
    void takesAnApprovedKeyForAnswered() {
        String login =
                LOGIN.replace("signed login", "signed key")
                        .replace(
                                "@claude claude read",
                                "@claude claude key approved\n@claude claude read");
        assertThat(of(checks(MACHINE, login, REPO), "first-run:claude").state())
                .isEqualTo(State.OK);
    }

    @Test
    void needsTheHostsOwnAgentAndOnlyMentionsOthers() {
        String none = LOGIN.replace(hex("/home/dev/.local/bin/claude"), hex("none"));
        assertThat(of(checks(MACHINE, none, REPO), "agent:claude"))
                .satisfies(check -> assertThat(check.state()).isEqualTo(State.MISSING))
                .satisfies(check -> assertThat(check.fix()).contains("agents: { claude"));
        Host other =
                new Host(
                        "dev-1",
                        host().reach(),
                        Map.of(),
                        false,
                        "codex",
                        AgentSpec.builtIn(),
                        Map.of(),
                        host().repos());
        assertThat(
                        of(
                                new Examination(
                                                other,
                                                agents(),
                                                online(),
                                                answer(MACHINE),
                                                answer(none),
                                                Map.of("api", answer(REPO)),
                                                NOW)
                                        .checks(),
                                "agent:claude"))
                .satisfies(check -> assertThat(check.state()).isEqualTo(State.WARNING));
    }

    @Test
    void saysOfAnAgentWhatItsVersionQuestionCameTo() {
        String late = LOGIN.replace(hex("2.1.329 (Claude Code)\n0"), hex("\n124"));
        assertThat(of(checks(MACHINE, late, REPO), "agent:claude").detail())
                .contains("did not tell its version in time");
        String broken = LOGIN.replace(hex("2.1.329 (Claude Code)\n0"), hex("no node\n127"));
        assertThat(of(checks(MACHINE, broken, REPO), "agent:claude").detail())
                .contains("status 127")
                .contains("no node");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "is folder | is nothing | MISSING | there is no folder",
                "is folder | is file | MISSING | is no folder",
                "is folder | is closed | MISSING | may not enter",
                "base 0123456789abcdef | base none | MISSING | there is no base develop",
                "identity | blocked | MISSING | a branch `muster`",
                "identity | read-only 2f61 | MISSING | /a can't be written",
                "yes 2f | no 2f | MISSING | can't be written",
                "stale 0 | stale 3 | WARNING | 3 worktrees",
                "identity | bare | MISSING | bare repository",
                "disk 50000000 40000000 | disk 50000000 100 | WARNING | 100 KiB free",
                "identity | include no | WARNING | .worktreeinclude",
            })
    void namesWhatIsWrongWithARepo(String good, String bad, State state, String part) {
        Check check = of(checks(MACHINE, LOGIN, REPO.replace(good, bad)), "repo:api");
        assertThat(check.state()).as(check.toString()).isEqualTo(state);
        assertThat(check.detail()).contains(part);
        assertThat(check.fix()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fatal: detected dubious ownership in repository | safe.directory",
                "fatal: not a git repository (or any parent) | git init",
                "fatal: bad config line 3 in file .git/config | git status",
            })
    void givesEachRefusalOfGitItsOwnFix(String said, String fix) {
        String repo = "path 2f\nis folder\nreal 2f\nrefused " + hex(said) + "\ndone\n";
        Check check = of(checks(MACHINE, LOGIN, repo), "repo:api");
        assertThat(check.state()).isEqualTo(State.MISSING);
        assertThat(check.fix()).contains(fix);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysForEachWayNotToReachAHostWhatToDo(LinkFailure failure, String fix) {
        LinkView view =
                new LinkView(
                        "dev@dev-1:22",
                        false,
                        "offline",
                        failure,
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        Check check =
                of(
                        new Examination(host(), agents(), view, SILENT, SILENT, Map.of(), NOW)
                                .checks(),
                        "reachable");
        assertThat(check.state()).isEqualTo(State.MISSING);
        assertThat(check.detail()).contains(failure.detail());
        assertThat(check.fix()).contains(fix);
    }

    static Stream<Object[]> failures() {
        OfferedKey key = new OfferedKey("dev-1", "ssh-ed25519", "SHA256:x", "line");
        return Stream.of(
                new Object[] {new LinkFailure.Offline("d"), "`ssh` gets there"},
                new Object[] {new LinkFailure.Locked("passphrase", "d"), "muster unlock dev-1"},
                new Object[] {new LinkFailure.AuthFailed("d", false), "identity:"},
                new Object[] {new LinkFailure.AuthFailed("d", true), "muster unlock dev-1"},
                new Object[] {new LinkFailure.HostKeyUnknown(key, "d"), "muster hosts trust dev-1"},
                new Object[] {
                    new LinkFailure.HostKeyChanged(key, List.of("SHA256:y"), "f:1", "d"),
                    "find out why"
                },
                new Object[] {
                    new LinkFailure.HostKeyChanged(key, List.of(), "f:1", "d"), "never trusted"
                },
                new Object[] {new LinkFailure.Penalised("d"), "wait"},
                new Object[] {new LinkFailure.Misconfigured("d"), "hosts.yaml"});
    }

    private static LinkView online() {
        return new LinkView(
                "dev@dev-1:22",
                true,
                "online",
                null,
                Optional.of(java.time.Duration.ofMillis(12)),
                Optional.empty(),
                List.of());
    }

    private static List<Check> checks(String machine, String login, String repo) {
        return new Examination(
                        host(),
                        agents(),
                        new LinkView(
                                "dev@dev-1:22",
                                true,
                                "online",
                                null,
                                Optional.empty(),
                                Optional.of(
                                        new dev.muster.link.VerifiedKey(
                                                "ssh-ed25519", "SHA256:x", "known_hosts:3")),
                                List.of()),
                        answer(machine),
                        answer(login),
                        Map.of("api", answer(repo)),
                        NOW)
                .checks();
    }

    private static Probe answer(String text) {
        return new Probe.Answer(text, "");
    }

    private static Host host() {
        Repo repo =
                new Repo(
                        "api",
                        "/srv/a\"b",
                        Optional.of("develop"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        false);
        return new Host(
                "dev-1",
                new Reach.Ssh(
                        "dev-1",
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Map.of(),
                false,
                "claude",
                AgentSpec.builtIn(),
                Map.of(),
                new LinkedHashMap<>(Map.of("api", repo)));
    }

    private static List<AskedAgent> agents() {
        AgentSpec claude = AgentSpec.builtIn().get("claude");
        assertThat(claude).isNotNull();
        return List.of(new AskedAgent(claude, Map.of()));
    }

    private static Check of(List<Check> checks, String what) {
        @Nullable Check found =
                checks.stream().filter(c -> c.what().equals(what)).findFirst().orElse(null);
        assertThat(found).as("no %s among %s", what, checks).isNotNull();
        return java.util.Objects.requireNonNull(found);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
