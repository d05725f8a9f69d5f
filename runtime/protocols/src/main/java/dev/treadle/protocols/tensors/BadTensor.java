package dev.treadle.protocols.tensors;

/** A tensor was sent that is none; the message begins with its name. */
public final class BadTensor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadTensor(String tensor, String what) {
        super("'%s' %s".formatted(tensor, what));
    }
}
