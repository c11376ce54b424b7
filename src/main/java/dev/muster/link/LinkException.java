package dev.muster.link;

/// The host could not be asked, or gave no complete answer. Says nothing about what is there.
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient LinkFailure failure;

    public LinkException(LinkFailure failure) {
        super(failure.detail());
        this.failure = failure;
    }

    public LinkException(LinkFailure failure, Throwable cause) {
        super(failure.detail(), cause);
        this.failure = failure;
    }

    public LinkFailure failure() {
        return failure;
    }
}
