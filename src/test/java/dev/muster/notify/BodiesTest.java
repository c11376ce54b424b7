package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static dev.muster.notify.Things.notice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.host.Notices;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Notice saying(String text) {
        Notice n = notice("a", NOON);
        return new Notice(
                n.name(),
                List.of(),
                n.event(),
                n.at(),
                n.stands(),
                n.settle(),
                null,
                n.title(),
                text,
                n.about());
    }

    @Test
    void tellsAllInItsOwnDocument() throws Exception {
        Notice notice = notice("a", NOON);

        JsonNode document = JSON.readTree(Bodies.own(notice));

        assertThat(document.path("id").asText()).isEqualTo(notice.id());
        assertThat(document.path("event").asText()).isEqualTo("approval");
        assertThat(document.path("at").asText()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(document.path("host").asText()).isEqualTo("dev-1");
        assertThat(document.path("session").path("name").asText()).isEqualTo("orders");
        assertThat(document.path("session").path("state").asText()).isEqualTo("needs-approval");
        assertThat(document.path("labels").path("team").asText()).isEqualTo("a");
    }

    @Test
    void letsNobodyMentionAChannelInSlack() throws Exception {
        String text =
                JSON.readTree(Bodies.slack(saying("<!channel> & <@U1>"))).path("text").asText();

        assertThat(text)
                .isEqualTo(
                        "*orders on dev-1 asks for approval*\n&lt;!channel&gt; &amp; &lt;@U1&gt;");
    }

    @Test
    void fillsATemplateWithWhatCanStandInAJsonString() throws Exception {
        String body =
                Bodies.template(
                        "{\"content\": \"{title}: {text} {unknown\", \"n\": 1}",
                        saying("say \"hi\" {host} \\ $1"));

        assertThat(JSON.readTree(body).path("content").asText())
                .isEqualTo("orders on dev-1 asks for approval: say \"hi\" {host} \\ $1 {unknown");
    }

    @Test
    void knowsEachPlaceholderThatTheHostsFileLetsPass() {
        for (String name : Notices.PLACEHOLDERS) {
            assertThat(Bodies.template("{" + name + "}", notice("a", NOON)))
                    .as(name)
                    .isNotEmpty()
                    .doesNotContain("{");
        }
    }
}
