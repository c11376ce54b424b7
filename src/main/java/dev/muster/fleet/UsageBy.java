package dev.muster.fleet;

/// What sums of use can be told apart by.
public enum UsageBy {
    DAY,
    HOST,
    REPO,
    ACCOUNT,
    MODEL
}
