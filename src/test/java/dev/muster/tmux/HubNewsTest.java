package dev.muster.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.tmux.HubNews.Active;
import dev.muster.tmux.HubNews.Exit;
import dev.muster.tmux.HubNews.Pane;
import dev.muster.tmux.HubNews.Panes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubNewsTest {

    @Test
    void tellsWhichPanesLive() {
        assertThat(HubNews.parse("%subscription-changed panes $0 - - - : a=0|;b=1|1;"))
                .contains(
                        new Panes(Map.of("a", new Pane(false, false), "b", new Pane(true, true))));
    }

    @Test
    void tellsWhenASessionLastWroteToItsScreen() {
        assertThat(HubNews.parse("%subscription-changed active $0 - - - : a=17643084;b=17643085;"))
                .contains(new Active(Map.of("a", "17643084", "b", "17643085")));
    }

    @Test
    void tellsThatTheServerSentItAway() {
        assertThat(HubNews.parse("%exit server exited")).contains(new Exit("server exited"));
    }

    @Test
    void takesNothingFromAllElse() {
        assertThat(HubNews.parse("%output %1 %subscription-changed panes : a=0|")).isEmpty();
        assertThat(HubNews.parse("%subscription-changed other $0 - - - : a=0|")).isEmpty();
        assertThat(HubNews.parse("%subscription-changed panes")).isEmpty();
        assertThat(HubNews.parse("%subscription-changed x : y")).isEmpty();
        assertThat(HubNews.parse("")).isEmpty();
    }
}
