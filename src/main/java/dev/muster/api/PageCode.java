package dev.muster.api;

import java.time.Instant;

/// `POST /api/v1/page/codes`: what opens the page, once.
///
/// @param code goes behind `#code=` of the page's address, where no server and no log sees it
/// @param until when it is of no use any more
public record PageCode(String code, Instant until) {}
