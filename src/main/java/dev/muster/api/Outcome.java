package dev.muster.api;

import java.util.List;

/// What became of an action that was done: the answer of stop, resume, rm, send, interrupt, trust,
/// unlock and forget. One that was not done answers with a {@link Problem}.
///
/// @param text a sentence on what happened
/// @param notes further lines: where rescued work lies, what else to know
public record Outcome(String text, List<String> notes) {}
