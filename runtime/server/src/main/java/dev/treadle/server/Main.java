package dev.treadle.server;

/** Starts a node: {@code treadle up}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Up(System.out, System.err, System.getenv()).run(arguments));
    }
}
