package dev.muster.host;

/// What tokens with a scope may do besides, over HTTP and MCP alike.
///
/// @param approve whether one of scope `approve` may answer what agents ask
public record Tokens(boolean approve) {
    /// Answering is for people.
    public static final Tokens NONE = new Tokens(false);
}
