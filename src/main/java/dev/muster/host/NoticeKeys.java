package dev.muster.host;

import static dev.muster.host.HostsValues.LABELS;
import static dev.muster.host.HostsValues.NAME;
import static dev.muster.host.HostsValues.PATH;
import static dev.muster.host.HostsValues.RANGES;
import static dev.muster.host.Key.required;

import dev.muster.host.Shape.ListOf;
import dev.muster.host.Shape.Located;
import dev.muster.host.Shape.MapOf;
import dev.muster.host.Shape.Named;
import dev.muster.host.Shape.Section;
import dev.muster.host.Shape.Text;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/// Every key below `notify`: who is told of what, and when.
final class NoticeKeys {
    private NoticeKeys() {}

    static final String DESKTOP = "desktop";
    static final String WEBHOOK = "webhook";
    static final String SLACK = "slack";
    static final String NTFY = "ntfy";

    private static final Text<String> SECRET_NAME =
            Text.of("a variable of the service", Words.ENV_NAME, Words::anyEnvName).unspoken();
    private static final Text<LocalTime> TIME =
            Text.of("a time, such as `22:00`", Words.TIME, Words::time).orNumber();

    static final Key<LocalTime> QUIET_FROM = required("from", TIME, "when it begins");
    static final Key<LocalTime> QUIET_TO =
            required("to", TIME, "when it ends; over midnight where that is the earlier time");
    static final Key<ZoneId> QUIET_ZONE =
            Key.of(
                    "zone",
                    Text.of("a time zone, such as `Europe/Berlin`", "", Words::zone),
                    "the time zone; without: the service's own");
    static final Key<Fields> QUIET =
            Key.of(
                    "quiet",
                    Section.of(
                            "`quiet`",
                            "{ from: \"22:00\", to: \"07:00\" }",
                            QUIET_FROM,
                            QUIET_TO,
                            QUIET_ZONE),
                    "hours in which nobody is told; what still holds then is told afterwards");
    static final Key<Integer> CONTEXT =
            Key.of(
                    "context",
                    Text.of("a share from 1 to 100", "[1-9]\\d?|100", Words::percent).orNumber(),
                    "percent of a conversation's context from which on to warn; without: 80");

    static final Key<String> TARGET_TYPE =
            required("type", Text.choice(List.of(DESKTOP, WEBHOOK, SLACK, NTFY)), "how it is told");
    static final Key<String> URL =
            Key.of(
                    "url",
                    Text.of("an address, such as `https://example.com/hook`", "", Words::url)
                            .unspoken(),
                    "the address to send to");
    static final Key<String> URL_ENV =
            Key.of("urlEnv", SECRET_NAME, "the variable that holds the address");
    static final Key<String> URL_FILE = Key.of("urlFile", PATH, "the file that holds the address");
    static final Key<String> SECRET_ENV =
            Key.of("secretEnv", SECRET_NAME, "the variable that holds the key for signatures");
    static final Key<String> SECRET_FILE =
            Key.of("secretFile", PATH, "the file that holds the key for signatures");
    static final Key<String> TOKEN_ENV =
            Key.of("tokenEnv", SECRET_NAME, "the variable that holds the access token");
    static final Key<String> TOKEN_FILE =
            Key.of("tokenFile", PATH, "the file that holds the access token");
    static final Key<String> BODY =
            Key.of(
                    "body",
                    Text.of("a JSON document with {title} and so on", "", Words::template),
                    "what to send in place of Muster's own document; {title}, {text} and so on are"
                            + " filled in, fit for a JSON string");
    static final Key<List<Located<String>>> WHEN =
            Key.of(
                    "when",
                    new ListOf<>(
                            "[approval, question]",
                            Text.choice(
                                    Arrays.stream(Notices.Event.values())
                                            .map(Notices.Event::word)
                                            .toList()),
                            false),
                    "what it is told of; without: all but idle");
    static final Key<List<Located<HostRange>>> TARGET_HOSTS =
            Key.of("hosts", RANGES, "only of these hosts");
    static final Key<List<Located<String>>> TARGET_REPOS =
            Key.of("repos", new ListOf<>("[api, web]", NAME, false), "only of these repos");
    static final Key<List<Named<String>>> TARGET_LABELS =
            Key.of("labels", LABELS, "only of sessions with all of these, or on such hosts");

    static final Key<List<Named<Fields>>> TO =
            Key.of(
                    "to",
                    new MapOf<>(
                            "desk: { type: desktop }",
                            NAME,
                            Section.of(
                                    "one who is told",
                                    "{ type: desktop }",
                                    TARGET_TYPE,
                                    URL,
                                    URL_ENV,
                                    URL_FILE,
                                    SECRET_ENV,
                                    SECRET_FILE,
                                    TOKEN_ENV,
                                    TOKEN_FILE,
                                    BODY,
                                    WHEN,
                                    TARGET_HOSTS,
                                    TARGET_REPOS,
                                    TARGET_LABELS,
                                    QUIET),
                            true),
                    "who is told, by name");

    static final Section SECTION =
            Section.of("`notify`", "{ to: { desk: { type: desktop } } }", CONTEXT, QUIET, TO);
}
