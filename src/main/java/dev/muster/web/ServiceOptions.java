package dev.muster.web;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The options of `muster serve`.
///
/// @param port 0 for any that is free
/// @param host the address to listen at
/// @param names further names that requests may come under
record ServiceOptions(
        int port,
        String host,
        Optional<Path> hosts,
        boolean jsonLog,
        Optional<Path> certificate,
        Optional<Path> key,
        List<String> names) {
    static final int PORT = 7717;

    static final String USAGE =
            """
            usage: muster serve [--port N] [--host ADDRESS] [--hosts FILE] [--log-json]
                                [--tls-cert FILE --tls-key FILE] [--name NAME]...
              --port N         the port to listen at (7717)
              --host ADDRESS   the address to listen at (127.0.0.1); elsewhere than on loopback it
                               takes --tls-cert and --tls-key
              --hosts FILE     the hosts file, instead of ~/.config/muster/hosts.yaml
              --log-json       write the log as one JSON document a line
              --tls-cert FILE  the certificate chain, PEM
              --tls-key FILE   its private key, PEM
              --name NAME      another name that clients reach this service by
            """;

    /// What the arguments gave.
    sealed interface Result {
        record Good(ServiceOptions options) implements Result {}

        /// @param problem a sentence
        record Bad(String problem) implements Result {}

        /// Asked for with `--help`.
        record Help() implements Result {}
    }

    boolean tls() {
        return certificate.isPresent();
    }

    String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (tls() ? "https://" : "http://") + name + ":" + port;
    }

    static Result parse(String... args) {
        int port = PORT;
        String host = "127.0.0.1";
        Path hosts = null;
        Path certificate = null;
        Path key = null;
        boolean json = false;
        List<String> names = new java.util.ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String arg = rest.removeFirst();
            String option = arg;
            if (arg.startsWith("--") && arg.contains("=")) {
                option = arg.substring(0, arg.indexOf('='));
                rest.addFirst(arg.substring(arg.indexOf('=') + 1));
            }
            if (option.equals("--help") || option.equals("-h")) {
                return new Result.Help();
            }
            if (option.equals("--log-json") && option.equals(arg)) {
                json = true;
                continue;
            }
            if (!List.of("--port", "--host", "--hosts", "--tls-cert", "--tls-key", "--name")
                    .contains(option)) {
                return new Result.Bad("unknown option `" + arg + "`");
            }
            if (rest.isEmpty() || rest.getFirst().isEmpty()) {
                return new Result.Bad(option + " needs a value");
            }
            String value = rest.removeFirst();
            switch (option) {
                case "--port" -> {
                    port = port(value);
                    if (port < 0) {
                        return new Result.Bad(
                                "--port is a number from 0 to 65535, not `" + value + "`");
                    }
                }
                case "--host" -> host = value;
                case "--hosts" -> hosts = Path.of(value);
                case "--tls-cert" -> certificate = Path.of(value);
                case "--tls-key" -> key = Path.of(value);
                default -> names.add(value.toLowerCase(java.util.Locale.ROOT));
            }
        }
        return checked(
                new ServiceOptions(
                        port,
                        host,
                        Optional.ofNullable(hosts),
                        json,
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key),
                        List.copyOf(names)));
    }

    private static Result checked(ServiceOptions options) {
        if (options.certificate.isPresent() != options.key.isPresent()) {
            return new Result.Bad("--tls-cert and --tls-key go together");
        }
        if (!options.isLoopback() && !options.tls()) {
            return new Result.Bad(
                    "at "
                            + options.host
                            + " others could read the token off the network: give --tls-cert and"
                            + " --tls-key, or stay on 127.0.0.1 and reach it with"
                            + " `ssh -L 7717:127.0.0.1:7717`");
        }
        return new Result.Good(options);
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            return port > 65535 ? -1 : port;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// By its spelling: a name that resolves to loopback now may resolve elsewhere later.
    private boolean isLoopback() {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    }
}
