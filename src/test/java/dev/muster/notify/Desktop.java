package dev.muster.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/// A desktop for one test: a session bus that nobody else is on, and on it a server of the Desktop
/// Notifications Specification that keeps what it is to show.
final class Desktop implements AutoCloseable {
    /// What came, as it came.
    record Shown(String app, String summary, String body) {}

    private final Process bus;
    private final String address;
    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
    private DBusConnection connection;

    Desktop(Path folder) throws IOException, DBusException {
        Path socket = folder.resolve("bus");
        address = "unix:path=" + socket;
        Path config =
                Files.writeString(
                        folder.resolve("bus.xml"),
                        """
                        <busconfig>
                          <type>session</type>
                          <listen>%s</listen>
                          <auth>EXTERNAL</auth>
                          <policy context="default">
                            <allow send_destination="*"/>
                            <allow eavesdrop="true"/>
                            <allow own="*"/>
                          </policy>
                        </busconfig>
                        """
                                .formatted(address));
        bus =
                new ProcessBuilder("dbus-daemon", "--nofork", "--config-file=" + config)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("bus.log").toFile())
                        .start();
        UnixSocket.awaitListener(socket);
    }

    /// Without it there is a bus, but nobody to show anything.
    Desktop withServer() throws DBusException {
        connection = DBusConnectionBuilder.forAddress(address).withShared(false).build();
        connection.exportObject("/org/freedesktop/Notifications", new Server(shown));
        connection.requestBusName("org.freedesktop.Notifications");
        return this;
    }

    /// A command that is run on this desktop.
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("env", "DBUS_SESSION_BUS_ADDRESS=" + address));
        all.addAll(command);
        return all;
    }

    Shown next() throws InterruptedException {
        Shown next = shown.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("what the desktop is to show").isNotNull();
        return next;
    }

    int waiting() {
        return shown.size();
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.disconnect();
        }
        bus.destroy();
        bus.onExit().join();
    }

    @DBusInterfaceName("org.freedesktop.Notifications")
    public interface Notifications extends DBusInterface {
        UInt32 Notify(
                String app,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int timeout);

        List<String> GetCapabilities();

        Four<String, String, String, String> GetServerInformation();
    }

    /// Four results of one call; the library wants its fields' types as parameters.
    public static final class Four<A, B, C, D> extends Tuple {
        @Position(0)
        public final A first;

        @Position(1)
        public final B second;

        @Position(2)
        public final C third;

        @Position(3)
        public final D fourth;

        Four(A first, B second, C third, D fourth) {
            this.first = first;
            this.second = second;
            this.third = third;
            this.fourth = fourth;
        }
    }

    public record Server(BlockingQueue<Shown> shown) implements Notifications {
        @Override
        public UInt32 Notify(
                String app,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int timeout) {
            shown.add(new Shown(app, summary, body));
            return new UInt32(1);
        }

        @Override
        public List<String> GetCapabilities() {
            return List.of("body", "body-markup");
        }

        @Override
        public Four<String, String, String, String> GetServerInformation() {
            return new Four<>("a desktop", "the tests", "1", "1.2");
        }

        @Override
        public String getObjectPath() {
            return "/org/freedesktop/Notifications";
        }
    }
}
