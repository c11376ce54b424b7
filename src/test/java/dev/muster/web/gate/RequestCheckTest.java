package dev.muster.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.gate.RequestCheck.Asked;
import dev.muster.web.gate.RequestCheck.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCheckTest {
    private static final String TOKEN = "the-token";
    private final RequestCheck check = new RequestCheck(TOKEN, Set.of("muster.lan"), false);

    @Test
    void takesACommandWithTheToken() {
        assertThat(check.refusal(asked("GET", "127.0.0.1:7717", null, null, "Bearer the-token")))
                .isEmpty();
        assertThat(check.refusal(asked("POST", "muster.lan:7717", null, null, "bearer the-token")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer the-toke", "Bearer the-token2", "the-token", "Basic the-token", ""})
    void refusesWhatIsNotTheToken(String authorization) {
        assertThat(check.refusal(asked("GET", "localhost:7717", null, null, authorization)))
                .contains(Refusal.NO_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil:7717",
                "127.0.0.1:80",
                "127.0.0.1",
                "",
                "127.0.0.1:7717.evil",
                "[::1]",
                "::1"
            })
    void refusesAnotherHost(String host) {
        assertThat(check.refusal(asked("GET", host, null, null, "Bearer the-token")))
                .contains(Refusal.WRONG_HOST);
    }

    @Test
    void letsAPersonOpenAPageButNotAnotherPageAct() {
        assertThat(check.refusal(asked("GET", "localhost:7717", null, "none", "Bearer the-token")))
                .isEmpty();
        assertThat(check.refusal(asked("POST", "localhost:7717", null, "none", "Bearer the-token")))
                .contains(Refusal.FOREIGN_PAGE);
        assertThat(
                        check.refusal(
                                asked(
                                        "POST",
                                        "localhost:7717",
                                        "http://localhost:7717",
                                        "same-origin",
                                        "Bearer the-token")))
                .isEmpty();
        assertThat(
                        check.refusal(
                                asked(
                                        "POST",
                                        "localhost:7717",
                                        "https://localhost:7717",
                                        null,
                                        "Bearer the-token")))
                .contains(Refusal.FOREIGN_PAGE);
    }

    @Test
    void takesAnOriginOnAnotherOfItsNamesForForeign() {
        assertThat(
                        check.refusal(
                                asked(
                                        "GET",
                                        "localhost:7717",
                                        "http://127.0.0.1:7717",
                                        null,
                                        "Bearer the-token")))
                .contains(Refusal.FOREIGN_PAGE);
    }

    @Test
    void takesTheUsualPortOfHttpsWithoutItsNumber() {
        RequestCheck tls = new RequestCheck(TOKEN, Set.of("muster.lan"), true);
        Asked asked =
                new Asked(
                        "GET",
                        "/api/v1/board",
                        443,
                        false,
                        "muster.lan",
                        "https://muster.lan",
                        "same-origin",
                        "Bearer the-token");
        assertThat(tls.refusal(asked)).isEmpty();
    }

    @Test
    void tellsNobodyItsToken() {
        assertThat(check.toString()).doesNotContain(TOKEN);
    }

    private static Asked asked(
            String method,
            String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String authorization) {
        return new Asked(method, "/api/v1/board", 7717, false, host, origin, site, authorization);
    }
}
