package dev.muster.agent;

import dev.muster.host.AgentSpec;
import java.util.ArrayList;
import java.util.List;

/// Any program: it gets its prompt where its arguments say `{prompt}` or `{promptFile}`, else as
/// its last argument.
public record CommandAgent(String type) implements Agent {
    @Override
    public List<Word> command(AgentSpec spec, Launch launch) {
        List<Word> words = new ArrayList<>();
        words.add(Word.path(spec.command()));
        spec.args().forEach(arg -> words.add(Word.template(arg)));
        launch.args().forEach(arg -> words.add(Word.template(arg)));
        if (launch.hasPrompt() && words.stream().noneMatch(Word::carriesPrompt)) {
            words.add(Word.prompt());
        }
        return words;
    }
}
