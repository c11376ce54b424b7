package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Completion scripts from the model of the commands. Options and commands are in the script; names
/// of sessions and hosts are asked of a running service, by `muster __names`.
record Completions(List<Entry> entries) {
    private static final Map<String, String> KINDS =
            Map.of(
                    "S",
                    "session",
                    "HOST",
                    "host",
                    "WHAT",
                    "what",
                    "HOST:REPO",
                    "repo",
                    "ID",
                    "request",
                    "TEMPLATE",
                    "template");

    /// @param names what its arguments are: a value of `KINDS`, or empty
    record Entry(String name, String about, List<Option> options, String names) {}

    /// @param words `--name`, `-n`
    /// @param names what its value is, as an entry's arguments
    record Option(List<String> words, String about, boolean takesValue, String names) {
        private List<String> words(boolean isLong) {
            return words.stream().filter(word -> word.startsWith("--") == isLong).toList();
        }
    }

    static Completions of(CommandLine root) {
        List<Entry> entries = new ArrayList<>();
        root.getSubcommands()
                .forEach(
                        (name, line) -> {
                            CommandSpec spec = line.getCommandSpec();
                            if (!spec.usageMessage().hidden()) {
                                entries.add(
                                        new Entry(name, about(spec), options(spec), names(spec)));
                            }
                        });
        return new Completions(List.copyOf(entries));
    }

    String bash() {
        return """
               # bash completion of muster
               _muster() {
                   local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
                   local command= words= names= i
                   for ((i = 1; i < COMP_CWORD; i++)); do
                       case ${COMP_WORDS[i]} in
                           --server|--hosts) ((i++)) ;;
                           -*) ;;
                           *) command=${COMP_WORDS[i]}; break ;;
                       esac
                   done
                   case $command in
               """
                + cases("        ")
                + """
                      esac
                      case $before in
                  """
                + values("        ")
                + """
                      esac
                      if [[ $cur != -* ]]; then
                          case $names in
                              '') [[ -z $command ]] || words= ;;
                              *) words=$(muster __names "$names" 2>/dev/null) ;;
                          esac
                      fi
                      COMPREPLY=($(compgen -W "$words" -- "$cur"))
                      # Readline breaks words at colons: what stands before the last one is there already.
                      if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
                          COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
                      fi
                  }
                  complete -F _muster muster
                  """;
    }

    String zsh() {
        return """
               #compdef muster
               # zsh completion of muster
               _muster() {
                   local cur=${words[CURRENT]} before=${words[CURRENT-1]} command= names= i
                   local -a offer
                   for ((i = 2; i < CURRENT; i++)); do
                       case ${words[i]} in
                           --server|--hosts) ((i++)) ;;
                           -*) ;;
                           *) command=${words[i]}; break ;;
                       esac
                   done
                   local words=
                   case $command in
               """
                + cases("        ")
                + """
                      esac
                      case $before in
                  """
                + values("        ")
                + """
                      esac
                      if [[ $cur == -* || -z $command ]]; then
                          offer=(${=words})
                      elif [[ -n $names ]]; then
                          offer=(${(f)"$(muster __names $names 2>/dev/null)"})
                      fi
                      compadd -a offer
                  }
                  if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
                      _muster "$@"
                  else
                      compdef _muster muster
                  fi
                  """;
    }

    String fish() {
        StringBuilder script = new StringBuilder("# fish completion of muster\n");
        script.append("complete -c muster -f\n");
        for (Entry entry : entries) {
            script.append("complete -c muster -n __fish_use_subcommand -a ")
                    .append(entry.name())
                    .append(" -d ")
                    .append(quoted(entry.about()))
                    .append('\n');
            String seen = " -n '__fish_seen_subcommand_from " + entry.name() + "'";
            for (Option option : entry.options()) {
                script.append("complete -c muster").append(seen);
                option.words(true).forEach(w -> script.append(" -l ").append(w.substring(2)));
                option.words(false).forEach(w -> script.append(" -s ").append(w.substring(1)));
                script.append(option.takesValue() ? " -r" : "")
                        .append(option.names().isEmpty() ? "" : " -a " + asked(option.names()))
                        .append(" -d ")
                        .append(quoted(option.about()))
                        .append('\n');
            }
            if (!entry.names().isEmpty()) {
                script.append("complete -c muster")
                        .append(seen)
                        .append(" -a ")
                        .append(asked(entry.names()))
                        .append('\n');
            }
        }
        return script.toString();
    }

    /// The branches of a `case $command`, for bash and zsh alike.
    private String cases(String indent) {
        StringBuilder cases = new StringBuilder();
        cases.append(indent).append("'') words='");
        cases.append(String.join(" ", entries.stream().map(Entry::name).toList()));
        cases.append("' ;;\n");
        for (Entry entry : entries) {
            List<String> words =
                    entry.options().stream().flatMap(option -> option.words().stream()).toList();
            cases.append(indent)
                    .append(entry.name())
                    .append(") words='")
                    .append(String.join(" ", words))
                    .append("' names=")
                    .append(entry.names())
                    .append(" ;;\n");
        }
        return cases.toString();
    }

    /// Of options whose values have names, for bash and zsh alike.
    private String values(String indent) {
        StringBuilder cases = new StringBuilder();
        for (Entry entry : entries) {
            for (Option option : entry.options()) {
                if (!option.names().isEmpty()) {
                    cases.append(indent)
                            .append(String.join("|", option.words()))
                            .append(") names=")
                            .append(option.names())
                            .append(" ;;\n");
                }
            }
        }
        return cases.toString();
    }

    private static String asked(String names) {
        return "'(muster __names " + names + " 2>/dev/null)'";
    }

    private static List<Option> options(CommandSpec spec) {
        List<Option> options = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                options.add(
                        new Option(
                                List.of(option.names()),
                                first(option),
                                option.arity().max() > 0,
                                KINDS.getOrDefault(option.paramLabel(), "")));
            }
        }
        return options;
    }

    /// What a command's arguments are follows from how its help calls them.
    private static String names(CommandSpec spec) {
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            String kind = KINDS.get(positional.paramLabel());
            if (kind != null) {
                return kind;
            }
        }
        return "";
    }

    private static String about(CommandSpec spec) {
        String[] description = spec.usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String first(ArgSpec option) {
        return option.description().length == 0 ? "" : option.description()[0].replace("$$", "$");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
