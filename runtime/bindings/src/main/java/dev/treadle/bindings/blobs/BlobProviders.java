package dev.treadle.bindings.blobs;

/**
 * Makes providers of blobs.
 *
 * @param folder the node's own
 */
public record BlobProviders(BlobFolder folder) {
    public BlobProvider provider(BlobSettings settings) {
        return switch (settings.source()) {
            case BlobSettings.Directory _ -> new DirectoryProvider(folder);
            case BlobSettings.S3(S3Settings server) ->
                    new S3Provider(
                            new S3Home(
                                    server,
                                    settings.capacity().callsMax(),
                                    settings.capacity().timeout()),
                            folder.clock());
        };
    }
}
