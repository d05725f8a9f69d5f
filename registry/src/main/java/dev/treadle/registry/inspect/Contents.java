package dev.treadle.registry.inspect;

import java.io.IOException;
import java.io.InputStream;

/** The files of an artifact. */
interface Contents extends AutoCloseable {
    /** Shows each file, with its path from the root and {@code /} between names. */
    void forEach(Visitor visitor) throws IOException;

    @Override
    void close() throws IOException;

    /** Is shown a file. */
    interface Visitor {
        /**
         * Looks at a file.
         *
         * @param bytes of the file; read as much as is of interest
         */
        void visit(String name, InputStream bytes) throws IOException;
    }
}
