package dev.muster.notify;

import dev.muster.agent.Reading;
import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Quota;
import dev.muster.fleet.Warning;
import dev.muster.host.Host;
import dev.muster.host.Hosts;
import dev.muster.session.Session;
import dev.muster.session.SessionSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What there is to tell of a board, at one moment. Pure.
///
/// @param notices what holds now, oldest first
/// @param over names of what certainly holds no more: it is told again should it come back
record Sight(List<Notice> notices, Set<String> over) {
    /// A context that has grown past the line is told again only after it was well below it.
    private static final double WELL_BELOW = 0.75;

    /// @param owner this service: sessions of others are for those to tell
    static Sight of(FleetBoard board, Hosts hosts, String owner, Instant now, ZoneId zone) {
        List<Notice> notices = new ArrayList<>();
        Set<String> over = new HashSet<>();
        int percent = hosts.notices().contextPercent();
        for (FleetBoard.Entry entry : board.hosts().values()) {
            String name = entry.status().name();
            Map<String, String> labels = hosts.host(name).map(Host::labels).orElse(Map.of());
            if (entry.status().online()) {
                over.add(HostNotices.name(name));
            }
            List<Session> ours =
                    entry.sessions().values().stream()
                            .filter(session -> session.spec().owner().equals(owner))
                            .toList();
            HostNotices.of(entry.status(), ours, labels).ifPresent(notices::add);
            for (Session session : ours) {
                Notice.Subject about = subject(session, labels);
                notices.addAll(SessionNotices.of(session, about, zone));
                Warning.of(session, percent)
                        .map(warning -> LimitNotices.context(warning, about))
                        .ifPresent(notices::add);
                if (isRoomy(session, percent)) {
                    over.add(LimitNotices.contextName(session));
                }
            }
        }
        for (Quota quota : board.quotas().values()) {
            for (Warning warning : Warning.of(quota, now)) {
                if (warning instanceof Warning.Window window) {
                    notices.add(LimitNotices.window(window, quota.asOf(), zone));
                }
            }
        }
        notices.sort(Comparator.comparing(Notice::at));
        return new Sight(List.copyOf(notices), Set.copyOf(over));
    }

    private static boolean isRoomy(Session session, int percent) {
        Reading reading = session.activity().reading();
        Double used = reading == null ? null : reading.contextUsedPercent();
        return used != null && used < percent * WELL_BELOW;
    }

    private static Notice.Subject subject(Session session, Map<String, String> hostLabels) {
        SessionSpec spec = session.spec();
        Map<String, String> labels = new HashMap<>(hostLabels);
        labels.putAll(spec.labels());
        return new Notice.Subject(
                spec.host(),
                new Notice.Session(
                        spec.id().value(),
                        Clean.line(spec.name()),
                        Clean.line(spec.repo()),
                        spec.branch() == null ? null : Clean.line(spec.branch()),
                        Clean.line(spec.agent()),
                        session.state().word(),
                        spec.account()),
                labels);
    }
}
