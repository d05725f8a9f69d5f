package dev.treadle.bindings.search;

import java.io.IOException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.Lock;

/**
 * A folder's files for threads that may be interrupted at any moment, which closes the file channel
 * that such a thread uses. What Lucene writes goes through streams of {@link
 * java.nio.file.Files#newOutputStream}, which the JDK keeps from this. A file that was being opened
 * is opened again. The lock has a channel for as long as the index is open, so only the thread that
 * took it looks whether it still holds; nobody may interrupt that one.
 */
final class SteadyDirectory extends FilterDirectory {
    SteadyDirectory(Directory folder) {
        super(folder);
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return super.openInput(name, context);
                } catch (IOException e) {
                    // Lucene puts an exception of its own in the place of the JDK's
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Lock obtainLock(String name) throws IOException {
        return new OwnedLock(super.obtainLock(name), Thread.currentThread());
    }

    private static final class OwnedLock extends Lock {
        private final Lock lock;
        private final Thread owner;

        OwnedLock(Lock lock, Thread owner) {
            this.lock = lock;
            this.owner = owner;
        }

        @Override
        public void ensureValid() throws IOException {
            if (Thread.currentThread() == owner) {
                lock.ensureValid();
            }
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }
}
