package dev.muster.api;

/// `POST /api/v1/sign-in`.
///
/// @param code from {@link PageCode}
public record SignInRequest(String code) {}
