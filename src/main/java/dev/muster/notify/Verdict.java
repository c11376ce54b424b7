package dev.muster.notify;

import dev.muster.host.Notices.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one target is to be told now. Pure.
///
/// @param tell in this order
/// @param marks for what is told, and for what is no news any more
/// @param over names that it was told of, and may be told of again
/// @param look when to look again, though nothing may have changed by then; null: not before
record Verdict(List<Notice> tell, List<Mark> marks, Set<String> over, @Nullable Instant look) {
    /// What happened longer ago, while nobody watched, is no news: it is on the board.
    private static final Duration NEWS = Duration.ofHours(1);

    /// @param marks of this target, by name
    /// @param seen since when each name is in sight
    static Verdict of(
            Target target,
            Sight sight,
            Map<String, Mark> marks,
            Map<String, Instant> seen,
            Instant now) {
        Set<String> over = Set.copyOf(sight.over().stream().filter(marks::containsKey).toList());
        Optional<QuietHours> quiet = target.quiet().flatMap(q -> QuietHours.around(q, now));
        if (quiet.isPresent()) {
            return new Verdict(List.of(), List.of(), over, quiet.get().to());
        }
        Instant oldest = oldest(target, now);
        List<Notice> tell = new ArrayList<>();
        List<Mark> made = new ArrayList<>();
        Instant look = null;
        for (Notice notice : sight.notices()) {
            Mark mark = marks.get(notice.name());
            if ((mark != null && mark.holds(now)) || !Routes.leads(target, notice)) {
                continue;
            }
            Instant ripe = seen.getOrDefault(notice.name(), now).plus(notice.settle());
            if (ripe.isAfter(now)) {
                look = look == null || ripe.isBefore(look) ? ripe : look;
                continue;
            }
            if (notice.stands() || !notice.at().isBefore(oldest)) {
                tell.add(notice);
            }
            Stream.concat(Stream.of(notice.name()), notice.implied().stream())
                    .map(name -> new Mark(target.name(), name, notice.until()))
                    .forEach(made::add);
        }
        return new Verdict(tell, made, over, look);
    }

    /// Quiet hours don't make news old.
    private static Instant oldest(Target target, Instant now) {
        Instant oldest = now.minus(NEWS);
        return target.quiet()
                .flatMap(q -> QuietHours.around(q, oldest))
                .map(QuietHours::from)
                .orElse(oldest);
    }
}
