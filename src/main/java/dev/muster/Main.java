package dev.muster;

/// The only `main` of the jar.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("muster");
    }
}
