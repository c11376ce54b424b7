package dev.muster.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/// An SSH server inside this process, where OpenSSH's is not installed: one key may sign in, and
/// commands and terminals run as this user with the demo's HOME.
final class BuiltInServer implements DemoServer {
    private final SshServer server;

    private BuiltInServer(SshServer server) {
        this.server = server;
    }

    /// @param env what its sessions find in their environment
    /// @param home where they begin
    static BuiltInServer start(DemoKeys keys, Map<String, String> env, Path home)
            throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(DemoServer.freePort());
        server.setKeyPairProvider(_ -> keys.hostKeys().values());
        CoreModuleProperties.AUTH_METHODS.set(server, "publickey");
        server.setPublickeyAuthenticator(
                (_, key, _) -> KeyUtils.compareKeys(keys.client().getPublic(), key));
        server.setCommandFactory((_, command) -> new ShellCommand(command, env, home));
        server.start();
        return new BuiltInServer(server);
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public String user() {
        return System.getProperty("user.name");
    }

    @Override
    public String kind() {
        return "built-in server";
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
