package dev.treadle.registry.files;

/** The store's folder cannot be used. The message says why, and what to do. */
public final class FileStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FileStoreException(String message) {
        super(message);
    }

    FileStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
