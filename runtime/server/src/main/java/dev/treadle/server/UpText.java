package dev.treadle.server;

import java.io.PrintStream;

/** A report for people. */
record UpText(PrintStream out, PrintStream err) implements UpReport {
    @Override
    public void ready(Ready ready) {
        out.printf("ready in %d ms%n", ready.millis());
        out.printf("  functions  %s%n", ready.functions());
        out.printf("  admin      %s%n", ready.admin());
        ready.others().forEach((name, address) -> out.printf("  %-9s  %s%n", name, address));
        out.printf("  data       %s%n", ready.data());
        ready.warnings().forEach(warning -> out.printf("  warning    %s%n", warning));
        out.flush();
    }

    @Override
    public void nats(String line) {
        out.printf("  nats       %s%n", line);
        out.flush();
    }

    @Override
    public void wrong(String cause) {
        err.println("treadle up: " + cause);
        err.println();
        err.println(UpFlags.help());
    }

    @Override
    public void failed(String cause) {
        err.println("treadle up: " + cause);
        err.println();
        err.println("Try:");
        err.println("  treadle up --help");
        err.println("  treadle doctor");
    }
}
