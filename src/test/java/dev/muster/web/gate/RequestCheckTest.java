package dev.muster.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.RequestCheck.Asked;
import dev.muster.web.gate.RequestCheck.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCheckTest {
    private static final String TOKEN = "the-token";
    private final TokenBook tokens = new TokenBook(TOKEN, new HeldTokens(), Clock.systemUTC());
    private final RequestCheck check = new RequestCheck(tokens, Set.of("muster.lan"), false);

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
        RequestCheck tls = new RequestCheck(tokens, Set.of("muster.lan"), true);
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

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/board, read",
        "GET, /api/v1/sessions/x/events, read",
        "GET, /q/metrics, read",
        "POST, /mcp, read",
        "DELETE, /mcp, read",
        "POST, /api/v1/sessions, act",
        "POST, /api/v1/sessions/dev-1%2Fx/stop, act",
        "POST, /api/v1/sessions/x/resume, act",
        "POST, /api/v1/sessions/x/prompts, act",
        "POST, /api/v1/sessions/x/interrupt, act",
        "DELETE, /api/v1/sessions/x, act",
        "POST, /api/v1/requests/7/approve, approve",
        "POST, /api/v1/sessions/x/approve, owner",
        "POST, /api/v1/sessions/x/y/stop, owner",
        "POST, /api/v1/sessions//stop, owner",
        "GET, /api/v1/tokens, owner",
        "POST, /api/v1/tokens, owner",
        "DELETE, /api/v1/tokens/x, owner",
        "POST, /api/v1/hosts/x/trust, owner",
        "POST, /api/v1/hosts/x/unlock, owner",
        "DELETE, /api/v1/hosts/x, owner",
        "POST, /api/v1/service/stop, owner",
        "POST, /api/v1/service/ssh-agent, owner",
        "PUT, /api/v1/whatever/comes/next, owner",
        "GET, /mcp/sse, owner",
        "POST, /mcp/messages/x, owner",
        "POST, /mcpx, owner"
    })
    void letsATokenDoWhatItsScopeSays(String method, String path, String needed) {
        for (TokenScope scope : TokenScope.GIVEN) {
            String token = tokens.create(method + path + scope, scope).orElseThrow();
            boolean enough =
                    !needed.equals("owner") && scope.covers(TokenScope.given(needed).orElseThrow());

            assertThat(check.refusal(at(method, path, false, "Bearer " + token)))
                    .isEqualTo(enough ? Optional.empty() : Optional.of(Refusal.OUT_OF_SCOPE));
        }
        assertThat(check.refusal(at(method, path, false, "Bearer " + TOKEN))).isEmpty();
    }

    @Test
    void givesNoTokenATerminal() {
        String token = tokens.create("all", TokenScope.APPROVE).orElseThrow();

        assertThat(check.refusal(at("GET", "/api/v1/sessions/x/terminal", true, "Bearer " + token)))
                .contains(Refusal.OUT_OF_SCOPE);
    }

    @Test
    void refusesARevokedTokenAtOnce() {
        String token = tokens.create("gone", TokenScope.READ).orElseThrow();
        assertThat(check.refusal(at("GET", "/api/v1/board", false, "Bearer " + token))).isEmpty();

        assertThat(tokens.revoke("gone")).isTrue();

        assertThat(check.refusal(at("GET", "/api/v1/board", false, "Bearer " + token)))
                .contains(Refusal.NO_TOKEN);
        assertThat(tokens.revoke("gone")).isFalse();
    }

    @Test
    void keepsADigestInPlaceOfTheToken() {
        HeldTokens kept = new HeldTokens();
        String token =
                new TokenBook(TOKEN, kept, Clock.systemUTC())
                        .create("agent", TokenScope.ACT)
                        .orElseThrow();

        assertThat(token).matches("muster_[A-Za-z0-9_-]{43}");
        assertThat(kept.all().toString()).doesNotContain(token.substring(7));
        TokenBook next = new TokenBook(TOKEN, kept, Clock.systemUTC());
        assertThat(next.holder(token)).isEmpty();
        next.load();
        assertThat(next.holder(token)).contains(new Caller("token agent", TokenScope.ACT));
        assertThat(next.holder(kept.all().getFirst().digest())).isEmpty();
    }

    @Test
    void takesNoNameTwice() {
        assertThat(tokens.create("twin", TokenScope.READ)).isPresent();
        assertThat(tokens.create("twin", TokenScope.APPROVE)).isEmpty();
    }

    private static Asked at(String method, String path, boolean upgrade, String authorization) {
        return new Asked(method, path, 7717, upgrade, "localhost:7717", null, null, authorization);
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
