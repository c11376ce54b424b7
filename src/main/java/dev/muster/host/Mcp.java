package dev.muster.host;

/// What agents may do that ask over MCP.
///
/// @param approve whether one may answer what other agents ask, when its token's scope allows it
public record Mcp(boolean approve) {
    /// Answering is for people.
    public static final Mcp NONE = new Mcp(false);
}
