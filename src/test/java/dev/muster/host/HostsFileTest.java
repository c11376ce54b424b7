package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {

    @Test
    void makesAsManyHostsOfARangeWithTheNumberFilledInEverywhere() {
        Hosts hosts =
                Parsed.good(
                        """
                        hosts:
                          dev-1..3:
                            ssh: dev-{n}:220{n}
                            labels: { "rack-{n}": "{n}" }
                            env: { N: "{n}" }
                            repos: { "api-{n}": { path: "/srv/{n}", setup: "echo {n} ${n}" } }
                        """);

        assertThat(hosts.hosts().keySet()).containsExactly("dev-1", "dev-2", "dev-3");
        Host third = host(hosts, "dev-3");
        assertThat(ssh(third).destination()).isEqualTo("dev-3");
        assertThat(ssh(third).port()).hasValue(2203);
        assertThat(third.labels()).containsExactly(Map.entry("rack-3", "3"));
        assertThat(third.env()).containsExactly(Map.entry("N", "3"));
        assertThat(third.repo("api-3").orElseThrow().path()).isEqualTo("/srv/3");
        assertThat(third.repo("api-3").orElseThrow().setup()).hasValue("echo 3 ${n}");
    }

    @Test
    void keepsTheZerosOfARange() {
        Hosts hosts =
                Parsed.good("hosts: { dev-08..11: { ssh: 'd{n}' }, r1..2.lan: { ssh: 'r{n}' } }");

        assertThat(hosts.hosts().keySet())
                .containsExactly("dev-08", "dev-09", "dev-10", "dev-11", "r1.lan", "r2.lan");
        assertThat(ssh(host(hosts, "dev-08")).destination()).isEqualTo("d08");
        assertThat(ssh(host(hosts, "dev-11")).destination()).isEqualTo("d11");
    }

    @Test
    void readsEachWayToWriteADestination() {
        Hosts hosts =
                Parsed.good(
                        """
                        hosts:
                          alias: { ssh: build }
                          whole: { ssh: "deploy@example.com:2222" }
                          v6: { ssh: "dev@[2001:db8::1]:22" }
                          v6bare: { ssh: "[fe80::1%eth0]" }
                          domain: { ssh: "me@corp@host" }
                        """);

        assertThat(host(hosts, "alias").reach()).isEqualTo(to("build", null, 0));
        assertThat(host(hosts, "whole").reach()).isEqualTo(to("example.com", "deploy", 2222));
        assertThat(host(hosts, "v6").reach()).isEqualTo(to("2001:db8::1", "dev", 22));
        assertThat(host(hosts, "v6bare").reach()).isEqualTo(to("fe80::1%eth0", null, 0));
        assertThat(host(hosts, "domain").reach()).isEqualTo(to("host", "me@corp", 0));
    }

    @Test
    void appliesTheDefaultsWhereNothingElseIsSaid() {
        Hosts hosts =
                Parsed.good(
                        """
                        defaults: { agent: codex, user: dev, base: trunk }
                        hosts:
                          a: { ssh: a, repos: { x: { path: /x }, y: { path: /y, base: main } } }
                          b: { ssh: ops@b, agent: claude }
                        """);

        assertThat(ssh(host(hosts, "a")).user()).hasValue("dev");
        assertThat(host(hosts, "a").defaultAgent()).isEqualTo("codex");
        assertThat(host(hosts, "a").repo("x").orElseThrow().base()).hasValue("trunk");
        assertThat(host(hosts, "a").repo("y").orElseThrow().base()).hasValue("main");
        assertThat(ssh(host(hosts, "b")).user()).hasValue("ops");
        assertThat(host(hosts, "b").defaultAgent()).isEqualTo("claude");
    }

    @Test
    void laysTheAgentsOfAHostOverThoseOfTheFileAndThoseOverTheBuiltInOnes() {
        Hosts hosts =
                Parsed.good(
                        """
                        agents:
                          claude: { model: sonnet, args: [--verbose], env: { A: "1", B: "1" } }
                          migrate: { type: command, command: ./migrate, args: ["{promptFile}"] }
                        hosts:
                          a: { ssh: a }
                          b:
                            ssh: b
                            agents:
                              claude: { command: /opt/claude, args: [], env: { B: "2" } }
                              mine: { type: gemini }
                        """);

        AgentSpec onA = host(hosts, "a").agent("claude").orElseThrow();
        AgentSpec onB = host(hosts, "b").agent("claude").orElseThrow();
        assertThat(onA.command()).isEqualTo("claude");
        assertThat(onA.args()).containsExactly("--verbose");
        assertThat(onB.command()).isEqualTo("/opt/claude");
        assertThat(onB.model()).hasValue("sonnet");
        assertThat(onB.args()).isEmpty();
        assertThat(onB.env()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(host(hosts, "a").agents().keySet())
                .containsExactly("claude", "codex", "gemini", "opencode", "migrate");
        assertThat(host(hosts, "b").agent("mine").orElseThrow().command()).isEqualTo("gemini");
        assertThat(host(hosts, "a").agent("mine")).isEmpty();
    }

    @Test
    void givesASessionTheEnvironmentOfHostThenAgentThenAccount() {
        Hosts hosts =
                Parsed.good(
                        """
                        accounts: { max: { env: { A: account, B: account } } }
                        agents: { claude: { account: max, env: { A: agent } } }
                        hosts: { a: { ssh: a, env: { A: host, B: host, C: host } } }
                        """);

        Host host = host(hosts, "a");
        AgentSpec agent = host.agent("claude").orElseThrow();
        assertThat(hosts.env(host, agent, Optional.ofNullable(hosts.accounts().get("max"))))
                .isEqualTo(Map.of("A", "account", "B", "account", "C", "host"));
        assertThat(hosts.env(host, agent, Optional.empty()))
                .isEqualTo(Map.of("A", "agent", "B", "host", "C", "host"));
    }

    @Test
    void findsFilesOfThisMachineBelowTheUsersHome() {
        Hosts hosts =
                Parsed.good(
                        """
                        hosts:
                          a:
                            ssh: a
                            identity: ~/.ssh/id
                            knownHosts: /etc/known
                            jump: "b,dev@c:2"
                          l: { local: true, home: ~/agents }
                        """);

        Reach.Ssh ssh = ssh(host(hosts, "a"));
        assertThat(ssh.identity()).hasValue(Path.of("/home/me/.ssh/id"));
        assertThat(ssh.knownHosts()).hasValue(Path.of("/etc/known"));
        assertThat(ssh.jump()).hasValue("b,dev@c:2");
        assertThat(host(hosts, "l").reach())
                .isEqualTo(new Reach.Local(Optional.of(Path.of("/home/me/agents"))));
    }

    @Test
    void takesTheSlashesOffTheEndOfAPath() {
        Hosts hosts =
                Parsed.good(
                        "hosts: { a: { ssh: a, repos: { x: { path: /srv/x// }, y: { path: ~/ },"
                                + " z: { path: / } } } }");

        assertThat(host(hosts, "a").repos().values())
                .extracting(Repo::path)
                .containsExactly("/srv/x", "~/", "/");
    }

    @Test
    void writesOutTheRangesOfGroupsAndRules() {
        Hosts hosts =
                Parsed.good(
                        """
                        groups: { backend: [dev-1..2, staging] }
                        deny: [{ tool: Bash, pattern: "rm *", host: dev-1..2 }]
                        approve: [{ tool: Bash, pattern: npm test, repo: api }]
                        hosts:
                          dev-1..3: { ssh: "dev-{n}" }
                          staging: { ssh: staging, repos: { api: { path: /api } } }
                        """);

        assertThat(hosts.groups())
                .containsExactly(Map.entry("backend", List.of("dev-1", "dev-2", "staging")));
        assertThat(hosts.rules().deny())
                .containsExactly(
                        new Rules.Rule(
                                "Bash", "rm *", Optional.empty(), List.of("dev-1", "dev-2")));
        assertThat(hosts.rules().approve())
                .containsExactly(new Rules.Rule("Bash", "npm test", Optional.of("api"), List.of()));
    }

    @Test
    void mergesMappingsOfWhichTheHostsOwnKeysWin() {
        Hosts hosts =
                Parsed.good(
                        """
                        x-one: &one { shared: true, env: { A: one } }
                        x-two: &two { shared: false, labels: { role: two } }
                        hosts:
                          a: { ssh: a, <<: [*one, *two], env: { A: own } }
                          b: { ssh: b, <<: *two }
                        """);

        assertThat(host(hosts, "a").shared()).isTrue();
        assertThat(host(hosts, "a").env()).isEqualTo(Map.of("A", "own"));
        assertThat(host(hosts, "a").labels()).isEqualTo(Map.of("role", "two"));
        assertThat(host(hosts, "b").shared()).isFalse();
    }

    @Test
    void takesNumbersAndYesOrNoAsTextWhereATextIsMeant() {
        Hosts hosts =
                Parsed.good(
                        "hosts: { 1: { ssh: one, env: { PORT: 8080, CI: true, V: 1.10, E: '' },"
                                + " labels: { norway: no } } }");

        assertThat(host(hosts, "1").env())
                .isEqualTo(Map.of("PORT", "8080", "CI", "true", "V", "1.10", "E", ""));
        assertThat(host(hosts, "1").labels()).isEqualTo(Map.of("norway", "no"));
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(Parsed.good("\uFEFFhosts: { a: { ssh: a } }").host("a")).isPresent();
    }

    @Test
    void warnsOfTwoNamesForOneLoginAndOneAccount() {
        assertThat(
                        Parsed.warnings(
                                """
                                accounts: { a: { env: { K: "1" } }, b: { env: { K: "1" } } }
                                hosts:
                                  one: { ssh: dev@example.com }
                                  two: { ssh: dev@Example.com }
                                  three: { ssh: ops@example.com }
                                """))
                .containsExactly(
                        "hosts.yaml:1:37: `b` and `a` are one account: their `env` is the same;"
                                + " keep one name, so that its quota is counted once",
                        "hosts.yaml:4:3: `one` and `two` are one account;"
                                + " keep one name, or each session there is shown twice");
    }

    @Test
    void readsAThousandHostsOfARange() {
        Hosts hosts = Parsed.good("hosts: { h1..1000: { ssh: 'h{n}', jump: 'gate{n}' } }");

        assertThat(hosts.hosts()).hasSize(1000);
    }

    @Test
    void looksAtEachHostOfManyWaysOnce() {
        StringBuilder text = new StringBuilder("hosts:\n  h0: { ssh: h0 }\n");
        IntStream.range(1, 30)
                .forEach(
                        i ->
                                text.append(
                                        "  h%d: { ssh: h%d, jump: \"h%d,h%d\" }\n"
                                                .formatted(i, i, i - 1, Math.max(0, i - 2))));

        assertThat(Parsed.good(text.toString()).hosts()).hasSize(30);
    }

    @Test
    void givesTheDigestOfTheBytes(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hosts.yaml"), "hosts: { a: { ssh: a } }");

        assertThat(HostsFile.read(file).sha256())
                .hasValue("07cbd6961ef0e59be440809758620b36472a6591066787e7e6501f7aa889794d");
    }

    @Test
    void warnsOfAFileThatEveryoneCanChange(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hosts.yaml"), "hosts: { a: { ssh: a } }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

        HostsFile.Result result = HostsFile.read(file).result();

        assertThat(((HostsFile.Result.Good) result).warnings())
                .extracting(Fault::problem)
                .containsExactly("everyone on this machine can change this file");
    }

    @Test
    void tellsWhyAFileCannotBeReadAsAFault(@TempDir Path folder) {
        Path missing = folder.resolve("none.yaml");

        assertThat(problem(missing))
                .isEqualTo(missing + ":1:1: there is no such file; create it, or name another");
        assertThat(problem(folder))
                .isEqualTo(folder + ":1:1: this is a folder; name the file in it");
    }

    @Test
    void namesThisMachineWhereThereIsNoFile() {
        Host local = host(Hosts.local(), "local");

        assertThat(local.reach()).isEqualTo(new Reach.Local(Optional.empty()));
        assertThat(local.agent(local.defaultAgent())).isPresent();
        assertThat(local.repos()).isEmpty();
    }

    @Test
    void leavesAnswersToPeopleUnlessTheFileSaysOtherwise() {
        String hosts = "hosts: { a: { ssh: a } }\n";

        assertThat(Parsed.good(hosts).tokens().approve()).isFalse();
        assertThat(Parsed.good(hosts + "tokens: {}").tokens().approve()).isFalse();
        assertThat(Parsed.good(hosts + "tokens: { approve: false }").tokens().approve()).isFalse();
        assertThat(Parsed.good(hosts + "tokens: { approve: true }").tokens().approve()).isTrue();
        assertThat(Hosts.local().tokens().approve()).isFalse();
    }

    private static String problem(Path file) {
        HostsFile.Snapshot snapshot = HostsFile.read(file);
        assertThat(snapshot.sha256()).isEmpty();
        return ((HostsFile.Result.Bad) snapshot.result()).faults().getFirst().toString();
    }

    private static Host host(Hosts hosts, String name) {
        return hosts.host(name).orElseThrow();
    }

    private static Reach.Ssh ssh(Host host) {
        return (Reach.Ssh) host.reach();
    }

    private static Reach.Ssh to(String name, @Nullable String user, int port) {
        return new Reach.Ssh(
                name,
                Optional.ofNullable(user),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
