package dev.treadle.trigger.nats;

/** The rules of NATS subjects. */
final class Subjects {
    private Subjects() {}

    /**
     * @throws NatsPublisher.BadSubject when nothing can be published to it
     */
    static void requirePlain(String subject) {
        boolean legal =
                !subject.isEmpty()
                        && !subject.startsWith(".")
                        && !subject.endsWith(".")
                        && !subject.contains("..")
                        && subject.chars()
                                .allMatch(c -> c > ' ' && c < 0x7f && c != '*' && c != '>');
        if (!legal) {
            throw new NatsPublisher.BadSubject(
                    "'%s' is not a subject to publish to: words of printable characters other than * and >, separated by dots"
                            .formatted(subject));
        }
    }
}
