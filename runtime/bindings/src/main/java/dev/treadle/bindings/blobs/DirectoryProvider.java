package dev.treadle.bindings.blobs;

import java.util.Optional;

/**
 * The embedded provider: stores in a folder of the node.
 *
 * @param folder stays the maker's to close
 */
record DirectoryProvider(BlobFolder folder) implements BlobProvider {
    @Override
    public String name() {
        return "directory";
    }

    @Override
    public String text() {
        return "directory " + folder.path();
    }

    @Override
    public BlobStore store(String name) {
        return new DirectoryBlobs(folder, name);
    }

    @Override
    public Optional<String> trouble() {
        return folder.trouble();
    }

    @Override
    public void close() {}
}
