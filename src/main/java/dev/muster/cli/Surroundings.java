package dev.muster.cli;

import dev.muster.host.Folders;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// The process that a command runs in, as values, so that a test can give its own.
///
/// @param columns the width of the terminal; asked only where it is needed
/// @param inTerminal a person types on `in`
/// @param serve the command line that runs a service
record Surroundings(
        Map<String, String> env,
        Folders folders,
        URI defaultServer,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean inTerminal,
        boolean outTerminal,
        boolean errTerminal,
        IntSupplier columns,
        List<String> serve) {

    /// A variable of the environment; one that is empty counts as not set.
    Optional<String> env(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    /// The same process with another environment.
    Surroundings in(Map<String, String> other, Folders otherFolders) {
        return new Surroundings(
                other,
                otherFolders,
                defaultServer,
                in,
                out,
                err,
                inTerminal,
                outTerminal,
                errTerminal,
                columns,
                serve);
    }

    /// What starts a service that reads the same hosts file as this command.
    List<String> launcher(Optional<Path> hosts) {
        List<String> command = new ArrayList<>(serve);
        hosts.ifPresent(file -> command.addAll(List.of("--hosts", "" + file.toAbsolutePath())));
        return command;
    }
}
