package dev.muster.notify;

import dev.muster.host.Notices.Target;

/// Who is told of what.
final class Routes {
    private Routes() {}

    /// Whether a target is to be told. What is of no single host or repo (an account's quota) is
    /// for those who do not ask for certain ones.
    static boolean leads(Target target, Notice notice) {
        Notice.Subject about = notice.about();
        Notice.Session session = about.session();
        return target.when().contains(notice.event())
                && (target.hosts().isEmpty()
                        || (about.host() != null && target.hosts().contains(about.host())))
                && (target.repos().isEmpty()
                        || (session != null && target.repos().contains(session.repo())))
                && about.labels().entrySet().containsAll(target.labels().entrySet());
    }
}
