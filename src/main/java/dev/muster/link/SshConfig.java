package dev.muster.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `~/.ssh/config` says about one alias: options by their lower-case names, as `ssh -G` prints
/// them. Pure.
record SshConfig(Map<String, List<String>> options) {

    /// Options that Muster does not honour, with the values that mean "not used".
    private static final Map<String, List<String>> IGNORED =
            Map.ofEntries(
                    Map.entry("certificatefile", List.of("none")),
                    Map.entry("pkcs11provider", List.of("none")),
                    Map.entry("gssapiauthentication", List.of("no")),
                    Map.entry("hostbasedauthentication", List.of("no")),
                    Map.entry("proxyusefdpass", List.of("no")),
                    Map.entry("permitlocalcommand", List.of("no")),
                    Map.entry("remotecommand", List.of("none")),
                    Map.entry("bindaddress", List.of()),
                    Map.entry("bindinterface", List.of()),
                    Map.entry("knownhostscommand", List.of("none")),
                    Map.entry("verifyhostkeydns", List.of("no", "false")),
                    Map.entry("addressfamily", List.of("any")),
                    Map.entry("forwardagent", List.of("no")),
                    Map.entry("stricthostkeychecking", List.of("yes", "true", "ask")),
                    Map.entry("tunnel", List.of("no", "false")),
                    Map.entry("localforward", List.of()),
                    Map.entry("remoteforward", List.of()),
                    Map.entry("dynamicforward", List.of()));

    /// Reads the answer of `ssh -G`: one option a line, its value after the first blank.
    static SshConfig parse(String text) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                options.computeIfAbsent(
                                line.substring(0, blank).toLowerCase(Locale.ROOT),
                                _ -> new ArrayList<>())
                        .add(line.substring(blank + 1).strip());
            }
        }
        return new SshConfig(options);
    }

    /// The first value, but for one that is empty.
    Optional<String> first(String option) {
        return all(option).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /// The first value, but for an empty one and `none`.
    Optional<String> used(String option) {
        return first(option).filter(value -> !value.equalsIgnoreCase("none"));
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    boolean yes(String option) {
        return first(option).filter(v -> v.equals("yes") || v.equals("true")).isPresent();
    }

    /// What is set and not honoured: `CertificateFile ~/.ssh/id-cert.pub`.
    List<String> unsupported() {
        List<String> found = new ArrayList<>();
        options.forEach(
                (option, values) -> {
                    List<String> unused = IGNORED.get(option);
                    if (unused != null) {
                        values.stream()
                                .filter(value -> !value.isEmpty() && !unused.contains(value))
                                .forEach(value -> found.add(option + " " + value));
                    }
                });
        return List.copyOf(found);
    }

    /// Replaces the tokens of ssh_config(5), "TOKENS", and `${NAME}` of the environment.
    ///
    /// @throws IllegalArgumentException for a token that is not known
    static String expand(String text, Map<Character, String> tokens, Map<String, String> env) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length()) {
                char token = text.charAt(++i);
                String value = token == '%' ? "%" : tokens.get(token);
                if (value == null) {
                    throw new IllegalArgumentException("unknown token %" + token + " in " + text);
                }
                out.append(value);
            } else if (text.startsWith("${", i) && text.indexOf('}', i) > 0) {
                int end = text.indexOf('}', i);
                String name = text.substring(i + 2, end);
                String value = env.get(name);
                if (value == null) {
                    throw new IllegalArgumentException(
                            "the environment has no " + name + ", which " + text + " needs");
                }
                out.append(value);
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
