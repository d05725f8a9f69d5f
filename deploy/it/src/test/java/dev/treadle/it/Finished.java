package dev.treadle.it;

/** A command that has ended. */
record Finished(int status, String out, String err) {
    @Override
    public String toString() {
        return "status %d%n--- out%n%s--- err%n%s".formatted(status, out, err);
    }
}
