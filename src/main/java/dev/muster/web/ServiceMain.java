package dev.muster.web;

import dev.muster.host.Folders;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs the control service: checks what can be checked at once, then boots Quarkus.
public final class ServiceMain {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// The port or the data folder is another service's.
    private static final int TAKEN = 7;

    private ServiceMain() {}

    /// Blocks until the service ends.
    ///
    /// @param args the options of `serve`
    /// @return the exit status: 0; 1 failed; 2 usage; 7 another service is in its place
    public static int run(String[] args) {
        return switch (ServiceOptions.parse(args)) {
            case ServiceOptions.Result.Help help -> say(System.out, ServiceOptions.USAGE, OK);
            case ServiceOptions.Result.Bad bad ->
                    say(
                            System.err,
                            "muster serve: " + bad.problem() + "\n" + ServiceOptions.USAGE,
                            USAGE);
            case ServiceOptions.Result.Good good -> start(good.options());
        };
    }

    private static int start(ServiceOptions options) {
        Map<String, String> env = System.getenv();
        Path home = Folders.home(env);
        Folders folders = Folders.of(env, home);
        Path lockFile = folders.data().resolve("muster.lock");
        try {
            ServiceFiles.folder(folders.config());
            ServiceFiles.folder(folders.data());
            String me = "process " + ProcessHandle.current().pid() + " at " + options.url();
            try (ServiceLock lock = ServiceLock.take(lockFile, me)) {
                if (lock == null) {
                    return complain(
                            "a service runs already on the data in "
                                    + folders.data()
                                    + ": "
                                    + ServiceLock.holder(lockFile),
                            TAKEN);
                }
                if (!isFree(options)) {
                    return complain(taken(options), TAKEN);
                }
                ServiceFiles.token(folders.token());
                ServiceFiles.serviceId(folders.config().resolve("service-id"));
                ServiceFiles.ownFile(folders.database());
                configure(options, folders, home);
                return boot(options, folders.database());
            }
        } catch (IOException e) {
            return complain(
                    e.getMessage() == null || e instanceof java.nio.file.FileSystemException
                            ? "its folders "
                                    + folders.config()
                                    + " and "
                                    + folders.data()
                                    + " can't be used: "
                                    + e
                            : e.getMessage(),
                    FAILED);
        }
    }

    private static int boot(ServiceOptions options, Path database) {
        AtomicInteger status = new AtomicInteger(OK);
        Quarkus.run(
                null,
                (code, failure) -> {
                    if (failure == null) {
                        status.set(code);
                    } else {
                        status.set(
                                isTaken(failure)
                                        ? complain(taken(options), TAKEN)
                                        : complain(
                                                StartProblem.sentence(failure, database), FAILED));
                    }
                });
        return status.get();
    }

    private static void configure(ServiceOptions options, Folders folders, Path home) {
        set("muster.service.config-folder", folders.config());
        set("muster.service.data-folder", folders.data());
        set("muster.service.cache-folder", folders.cache());
        set("muster.service.home", home);
        options.hosts().ifPresent(file -> set("muster.service.hosts", file.toAbsolutePath()));
        set("muster.service.tls", options.tls());
        if (!options.names().isEmpty()) {
            set("muster.service.names", String.join(",", options.names()));
        }
        set("quarkus.http.host", options.host());
        set("quarkus.http.port", options.port());
        set("quarkus.log.console.json.enabled", options.jsonLog());
        options.certificate()
                .ifPresent(
                        file -> {
                            set("quarkus.http.insecure-requests", "disabled");
                            set("quarkus.http.ssl-port", options.port());
                            set("quarkus.http.ssl.certificate.files", file.toAbsolutePath());
                        });
        options.key()
                .ifPresent(
                        file ->
                                set(
                                        "quarkus.http.ssl.certificate.key-files",
                                        file.toAbsolutePath()));
    }

    private static void set(String name, Object value) {
        System.setProperty(name, value.toString());
    }

    /// Looked at before Quarkus boots, so that a second service says so within a moment.
    private static boolean isFree(ServiceOptions options) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // As the service itself does: connections that linger from before are no hindrance.
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(options.host()), options.port()));
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    private static String taken(ServiceOptions options) {
        return "port "
                + options.port()
                + " at "
                + options.host()
                + " is taken, perhaps by another Muster service: `muster version` asks it; or"
                + " choose another with --port";
    }

    private static boolean isTaken(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException
                    || t.getClass().getSimpleName().equals("QuarkusBindException")) {
                return true;
            }
        }
        return false;
    }

    private static int complain(@Nullable String sentence, int status) {
        return say(System.err, "muster serve: " + sentence + "\n", status);
    }

    private static int say(PrintStream out, String text, int status) {
        out.print(text);
        out.flush();
        return status;
    }
}
