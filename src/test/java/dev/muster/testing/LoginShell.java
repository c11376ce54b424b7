package dev.muster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// A login shell that a test host may have, and the rc file that it reads even for `SHELL -c`.
public enum LoginShell {
    /// Whatever `/bin/sh` is: reads no rc file for `-c`.
    SH("/bin/sh", ".profile"),
    /// Reads `.bashrc` for `-c` when it thinks that sshd started it.
    BASH("/bin/bash", ".bashrc"),
    ZSH("/usr/bin/zsh", ".zshenv"),
    FISH("/usr/bin/fish", ".config/fish/config.fish"),
    TCSH("/usr/bin/tcsh", ".tcshrc");

    private final String program;
    private final String rcFile;

    LoginShell(String program, String rcFile) {
        this.program = program;
        this.rcFile = rcFile;
    }

    public String program() {
        return program;
    }

    /// Relative to the home.
    public String rcFile() {
        return rcFile;
    }

    /// Skips the test, saying why, where the shell is not installed.
    public void assumeInstalled() {
        assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed here");
    }
}
