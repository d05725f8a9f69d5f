package dev.treadle.it;

/** Work for a function, numbered from 1, that is asked for until somebody has confirmed it. */
interface Load extends AutoCloseable {
    /** Asks for so many more. */
    void add(int count);

    /** For how many there is a promise that they will be done. */
    long confirmed();

    /** How often one had to be asked for once more. */
    long repeated();

    /** Whether it may be done twice, for it was asked for again and nothing tells the two apart. */
    boolean mayBeTwice(long number);

    boolean isDone();

    @Override
    void close();
}
