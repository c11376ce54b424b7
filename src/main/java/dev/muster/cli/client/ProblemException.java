package dev.muster.cli.client;

import dev.muster.api.Problem;

/// The service answered, and said why it did not do what was asked.
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
