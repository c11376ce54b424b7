package dev.muster.fleet.doctor;

import dev.muster.session.Space;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a session needs of the machine: programs, room, time, and that it is left running.
final class MachineChecks {
    private static final Set<String> ALL =
            Set.of("sh", "git", "tmux", "locale", "state", "disk", "clock");
    private static final Set<String> NETWORK_DISKS =
            Set.of("nfs", "nfs4", "cifs", "smb2", "fuse.sshfs", "afs", "ceph", "lustre");

    private MachineChecks() {}

    static List<Check> of(Probe machine, LoginAnswer login, Instant now) {
        return machine.fold(
                answer -> of(Answers.parse(answer.text()), login, now),
                silent -> ALL.stream().sorted().map(w -> Check.unknown(w, silent.why())).toList());
    }

    private static List<Check> of(Answers facts, LoginAnswer login, Instant now) {
        List<Check> checks = new ArrayList<>();
        checks.add(sh(facts));
        checks.add(git(facts, login));
        checks.add(tmux(facts, login));
        checks.add(locale(facts, login));
        terminal(facts).ifPresent(checks::add);
        checks.addAll(state(facts));
        checks.add(disk(facts));
        inodes(facts).ifPresent(checks::add);
        checks.add(clock(facts, now));
        linger(facts).ifPresent(checks::add);
        keychain(facts).ifPresent(checks::add);
        channels(facts).ifPresent(checks::add);
        return checks;
    }

    private static Check sh(Answers facts) {
        List<String> lacks = facts.all("lacks").map(words -> words.getFirst()).toList();
        if (!lacks.isEmpty()) {
            return Check.missing(
                    "sh",
                    "/bin/sh runs, but these are not on its PATH: " + String.join(", ", lacks),
                    "install them (POSIX utilities), or put them on the PATH of non-login shells");
        }
        return facts.has("done")
                ? Check.ok("sh", "/bin/sh runs and finds the POSIX utilities")
                : Check.unknown("sh", "its answer broke off");
    }

    private static Check git(Answers facts, LoginAnswer login) {
        return program("git", Version.GIT, facts, login);
    }

    private static Check tmux(Answers facts, LoginAnswer login) {
        Check check = program("tmux", Version.TMUX, facts, login);
        Optional<String> refuses =
                facts.text("tmux-server").filter(said -> said.contains("protocol version"));
        return refuses.isEmpty()
                ? check
                : Check.missing(
                        "tmux",
                        "tmux was upgraded while Muster's server runs with the older one: "
                                + Answers.gist(refuses.get()),
                        "let the sessions there end; the next one starts a new server");
    }

    private static Check program(String name, Version least, Answers facts, LoginAnswer login) {
        Optional<String> found = facts.word(name);
        if (found.isEmpty()) {
            return Check.unknown(name, "its answer broke off");
        }
        if (found.get().equals("none")) {
            return login.facts()
                    .text(name)
                    .map(
                            at ->
                                    Check.missing(
                                            name,
                                            "only the login shell finds it, at "
                                                    + at
                                                    + "; what Muster runs over SSH has the plain"
                                                    + " PATH "
                                                    + facts.text("path").orElse("?"),
                                            "link it into a folder of that PATH, such as"
                                                    + " /usr/local/bin, or extend the PATH where"
                                                    + " non-login shells read it"))
                    .orElseGet(
                            () ->
                                    Check.missing(
                                            name,
                                            "not found",
                                            "install " + name + " " + least.text() + " or newer"));
        }
        String says = facts.text(name, 1).orElse("").strip();
        String at = facts.text(name).orElse("?");
        Optional<Version> version = Version.in(says);
        if (version.isEmpty()) {
            return Check.unknown(name, at + " says of its version: " + Answers.gist(says));
        }
        return version.get().atLeast(least)
                ? Check.ok(name, version.get().text() + ", " + at)
                : Check.missing(
                        name,
                        at + " is " + version.get().text() + ", older than " + least.text(),
                        "install " + name + " " + least.text() + " or newer");
    }

    private static Check locale(Answers facts, LoginAnswer login) {
        String chosen = login.facts().text("locale").orElse("");
        if (chosen.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8")) {
            return Check.ok("locale", chosen + " in the login shell");
        }
        if (!login.begun()) {
            return Check.unknown("locale", "the login shell did not say");
        }
        boolean none = facts.number("locales", 0).orElse(1) == 0;
        return Check.warning(
                "locale",
                (chosen.isEmpty() ? "none is set" : chosen + " is set")
                        + " in the login shell: agents may show other letters than ASCII as `_`"
                        + " or `?`",
                none
                        ? "install a UTF-8 locale and set it as LANG in the shell's rc file"
                        : "set LANG to a UTF-8 locale in the shell's rc file, C.UTF-8 for example");
    }

    private static Optional<Check> terminal(Answers facts) {
        return facts.word("terminal")
                .map(
                        there ->
                                there.equals("yes")
                                        ? Check.ok("terminal", "terminfo has `screen`")
                                        : Check.warning(
                                                "terminal",
                                                "terminfo has no entry `screen`, which is what"
                                                        + " agents in tmux ask for",
                                                "install the terminfo database (ncurses-base,"
                                                        + " ncurses-term)"));
    }

    private static List<Check> state(Answers facts) {
        String folder = facts.text("state").orElse("");
        if (folder.isEmpty()) {
            return List.of(Check.unknown("state", "its answer broke off"));
        }
        List<Check> checks = new ArrayList<>();
        Optional<String> owner = facts.word("state-mode", 1);
        if (owner.isPresent() && !owner.equals(facts.word("uid"))) {
            checks.add(
                    Check.missing(
                            "state",
                            folder + " belongs to user " + owner.get() + ", not to this account",
                            "remove it, or set XDG_STATE_HOME on the host"));
        } else if (facts.word("state-write").filter("no"::equals).isPresent()) {
            checks.add(
                    Check.missing(
                            "state",
                            folder + " can't be written",
                            "make it writable for the account there"));
        } else {
            checks.add(stateAsItIs(facts, folder));
        }
        facts.word("fs")
                .filter(type -> NETWORK_DISKS.contains(type.toLowerCase(Locale.ROOT)))
                .ifPresent(
                        type ->
                                checks.add(
                                        Check.warning(
                                                "state-disk",
                                                folder
                                                        + " is on a network disk ("
                                                        + type
                                                        + "): events come late, and tmux's socket"
                                                        + " may not work there",
                                                "set XDG_STATE_HOME to a local disk there")));
        return checks;
    }

    private static Check stateAsItIs(Answers facts, String folder) {
        Optional<String> mode = facts.word("state-mode").filter(m -> m.length() >= 10);
        if (mode.isEmpty()) {
            return Check.ok("state", folder + " is not there yet, and can be made");
        }
        if (!mode.get().substring(4, 10).equals("------")) {
            return Check.warning(
                    "state",
                    folder + " is open to others (" + mode.get() + ")",
                    "nothing to do: Muster closes it when it connects; find out who opened it");
        }
        // tmux is always called from within the folder, so that a long path does no harm.
        boolean tooLong = facts.number("state", 1).orElse(0) > 100;
        return Check.ok(
                "state",
                folder
                        + " is this account's alone"
                        + (tooLong ? "; too long for a socket's name, so used from within" : ""));
    }

    private static Check disk(Answers facts) {
        return space(facts)
                .map(
                        space ->
                                space.isLow()
                                        ? Check.warning("disk", Words.low(space), Words.MAKE_ROOM)
                                        : Check.ok("disk", Words.low(space)))
                .orElseGet(() -> Check.unknown("disk", "df did not say"));
    }

    static Optional<Space> space(Answers facts) {
        return facts.first("disk").flatMap(words -> Space.parse(String.join(" ", words)));
    }

    private static Optional<Check> inodes(Answers facts) {
        long all = facts.number("inodes", 0).orElse(0);
        long free = facts.number("inodes", 1).orElse(0);
        // Some file systems have no fixed number and say 0.
        return all > 0 && free * 20 < all
                ? Optional.of(
                        Check.warning(
                                "inodes",
                                free + " of " + all + " files left where the state folder is",
                                "remove files there: worktrees and their packages are many"))
                : Optional.empty();
    }

    private static Check clock(Answers facts, Instant now) {
        OptionalLong time = facts.number("time", 0);
        if (time.isEmpty()) {
            return Check.unknown("clock", "its answer broke off");
        }
        Duration ahead = Duration.between(now, Instant.ofEpochSecond(time.getAsLong()));
        return Words.isSkewed(ahead)
                ? Check.warning("clock", Words.skew(ahead), Words.SET_CLOCK)
                : Check.ok("clock", "within " + Words.CLOCK.toSeconds() + " s of this machine's");
    }

    private static Optional<Check> linger(Answers facts) {
        if (!facts.has("systemd")) {
            return Optional.empty();
        }
        boolean lingers = facts.word("linger").filter("yes"::equals).isPresent();
        Optional<String> kills = facts.word("kill-user-processes");
        if (kills.filter("yes"::equals).isPresent()) {
            return Optional.of(
                    lingers
                            ? Check.ok(
                                    "linger",
                                    "on; KillUserProcesses ends what a login leaves, tmux in the"
                                            + " user's own manager is spared")
                            : Check.warning(
                                    "linger",
                                    "off, and KillUserProcesses=yes: systemd may end the sessions"
                                            + " when the connection closes",
                                    "`loginctl enable-linger` there, or KillUserProcesses=no in"
                                            + " logind.conf"));
        }
        if (kills.isPresent()) {
            return Optional.of(Check.ok("linger", "KillUserProcesses is off"));
        }
        return Optional.of(
                lingers
                        ? Check.ok("linger", "on")
                        : Check.unknown("linger", "logind did not say whether it ends processes"));
    }

    private static Optional<Check> keychain(Answers facts) {
        return facts.word("keychain")
                .map(
                        word ->
                                word.equals("open")
                                        ? Check.ok("keychain", "open to this login")
                                        : Check.warning(
                                                "keychain",
                                                "the login keychain is closed to logins over SSH,"
                                                        + " and to a tmux server started by one",
                                                "give the agent its key by `env:`, or run"
                                                        + " `security unlock-keychain` in `muster"
                                                        + " shell`"));
    }

    private static Optional<Check> channels(Answers facts) {
        long most = facts.number("max-sessions", 0).orElse(10);
        return most < 10
                ? Optional.of(
                        Check.warning(
                                "max-sessions",
                                "its sshd_config says MaxSessions "
                                        + most
                                        + ": Muster uses up to 8 at once and has to wait",
                                "set MaxSessions 10 or more there"))
                : Optional.empty();
    }
}
