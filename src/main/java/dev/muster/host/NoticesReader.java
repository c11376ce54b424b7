package dev.muster.host;

import dev.muster.host.Notices.Event;
import dev.muster.host.Notices.Quiet;
import dev.muster.host.Notices.Secret;
import dev.muster.host.Notices.Target;
import dev.muster.host.Notices.Way;
import dev.muster.host.Shape.Named;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes [Notices] of the file's `notify`.
final class NoticesReader {
    private static final List<Key<?>> URL =
            List.of(NoticeKeys.URL, NoticeKeys.URL_ENV, NoticeKeys.URL_FILE);
    private static final List<Key<?>> SECRET =
            List.of(NoticeKeys.SECRET_ENV, NoticeKeys.SECRET_FILE);
    private static final List<Key<?>> TOKEN = List.of(NoticeKeys.TOKEN_ENV, NoticeKeys.TOKEN_FILE);
    private static final List<Key<?>> BODY = List.of(NoticeKeys.BODY);

    /// What each way of telling may say besides what all may.
    private static final Map<String, List<List<Key<?>>>> OF_TYPE =
            Map.of(
                    NoticeKeys.DESKTOP,
                    List.of(),
                    NoticeKeys.WEBHOOK,
                    List.of(URL, SECRET, BODY),
                    NoticeKeys.SLACK,
                    List.of(URL),
                    NoticeKeys.NTFY,
                    List.of(URL, TOKEN));

    /// Of an agent's turns there are many: who wants to hear of each says so.
    private static final Set<Event> USUAL = EnumSet.complementOf(EnumSet.of(Event.IDLE));

    private final References references;
    private final Path home;
    private final Faults faults;

    /// @param home the user's home on this machine, for files with secrets
    NoticesReader(References references, Path home, Faults faults) {
        this.references = references;
        this.home = home;
        this.faults = faults;
    }

    Notices read(Fields fields) {
        Optional<Quiet> quiet = fields.get(NoticeKeys.QUIET).flatMap(this::quiet);
        List<Target> targets = new ArrayList<>();
        for (Named<Fields> entry : fields.all(NoticeKeys.TO)) {
            entry.value()
                    .flatMap(target -> target(entry.name(), target, quiet))
                    .ifPresent(targets::add);
        }
        return new Notices(
                fields.get(NoticeKeys.CONTEXT).orElse(Notices.NONE.contextPercent()), targets);
    }

    private Optional<Target> target(String name, Fields fields, Optional<Quiet> usual) {
        Set<Event> when = EnumSet.noneOf(Event.class);
        for (String word : fields.items(NoticeKeys.WHEN)) {
            for (Event event : Event.values()) {
                if (event.word().equals(word)) {
                    when.add(event);
                }
            }
        }
        fields.all(NoticeKeys.TARGET_REPOS).forEach(references::checkRepo);
        List<String> hosts = references.hosts(fields.all(NoticeKeys.TARGET_HOSTS));
        Optional<Quiet> quiet =
                fields.has(NoticeKeys.QUIET)
                        ? fields.get(NoticeKeys.QUIET).flatMap(this::quiet)
                        : usual;
        return way(fields)
                .map(
                        way ->
                                new Target(
                                        name,
                                        way,
                                        fields.has(NoticeKeys.WHEN) ? when : USUAL,
                                        hosts,
                                        fields.items(NoticeKeys.TARGET_REPOS),
                                        HostReader.texts(fields.all(NoticeKeys.TARGET_LABELS)),
                                        quiet));
    }

    private Optional<Way> way(Fields fields) {
        Optional<String> type = fields.get(NoticeKeys.TARGET_TYPE);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<List<Key<?>>> mine = OF_TYPE.getOrDefault(type.get(), List.of());
        for (List<Key<?>> group : List.of(URL, SECRET, TOKEN, BODY)) {
            if (!mine.contains(group)) {
                group.forEach(key -> refuse(key, fields, type.get()));
            }
        }
        if (type.get().equals(NoticeKeys.DESKTOP)) {
            return Optional.of(new Way.Desktop());
        }
        Optional<Secret> url = url(fields, type.get());
        return switch (type.get()) {
            case NoticeKeys.SLACK -> url.map(Way.Slack::new);
            case NoticeKeys.NTFY ->
                    url.map(
                            u ->
                                    new Way.Ntfy(
                                            u,
                                            secret(
                                                    fields,
                                                    NoticeKeys.TOKEN_ENV,
                                                    NoticeKeys.TOKEN_FILE)));
            default ->
                    url.map(
                            u ->
                                    new Way.Webhook(
                                            u,
                                            secret(
                                                    fields,
                                                    NoticeKeys.SECRET_ENV,
                                                    NoticeKeys.SECRET_FILE),
                                            fields.get(NoticeKeys.BODY)));
        };
    }

    private void refuse(Key<?> key, Fields fields, String type) {
        if (fields.has(key)) {
            faults.error(
                    fields.keyAt(key),
                    "`" + key.name() + "` is not for type `" + type + "`",
                    "remove it, or use another type");
        }
    }

    private Optional<Secret> url(Fields fields, String type) {
        List<Key<?>> said = URL.stream().filter(fields::has).toList();
        if (said.isEmpty()) {
            faults.error(
                    fields.at(),
                    "type `" + type + "` needs an address",
                    "add `url`, or `urlEnv` or `urlFile` where it is a secret");
        } else if (said.size() > 1) {
            faults.error(
                    fields.keyAt(said.get(1)),
                    "the address is here twice: `"
                            + said.get(0).name()
                            + "` and `"
                            + said.get(1).name()
                            + "`",
                    "keep one");
        }
        fields.located(NoticeKeys.URL)
                .filter(url -> isOpen(URI.create(url.value())))
                .ifPresent(
                        url ->
                                faults.warning(
                                        url.at(),
                                        "what agents ask would go there unencrypted",
                                        "use https"));
        return fields.get(NoticeKeys.URL)
                .<Secret>map(Secret.Plain::new)
                .or(() -> secret(fields, NoticeKeys.URL_ENV, NoticeKeys.URL_FILE));
    }

    /// Whether others on the way can read what is sent.
    private static boolean isOpen(URI url) {
        return "http".equalsIgnoreCase(url.getScheme())
                && !List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    }

    private Optional<Secret> secret(Fields fields, Key<String> env, Key<String> file) {
        if (fields.has(env) && fields.has(file)) {
            faults.error(
                    fields.keyAt(file),
                    "`" + env.name() + "` and `" + file.name() + "` are the same thing",
                    "keep one");
        }
        return fields.get(env)
                .<Secret>map(Secret.Env::new)
                .or(
                        () ->
                                fields.get(file)
                                        .map(
                                                path ->
                                                        path.startsWith("~/")
                                                                ? home.resolve(path.substring(2))
                                                                        .toString()
                                                                : path)
                                        .map(Secret.File::new));
    }

    private Optional<Quiet> quiet(Fields fields) {
        return fields.get(NoticeKeys.QUIET_FROM)
                .flatMap(
                        from ->
                                fields.get(NoticeKeys.QUIET_TO)
                                        .filter(to -> differs(from.equals(to), fields))
                                        .map(
                                                to ->
                                                        new Quiet(
                                                                from,
                                                                to,
                                                                fields.get(NoticeKeys.QUIET_ZONE)
                                                                        .orElseGet(
                                                                                ZoneId
                                                                                        ::systemDefault))));
    }

    private boolean differs(boolean same, Fields fields) {
        if (same) {
            faults.error(
                    fields.keyAt(NoticeKeys.QUIET_TO),
                    "`from` and `to` are the same: no hour, or all of them",
                    "write two times, or remove `quiet`");
        }
        return !same;
    }
}
