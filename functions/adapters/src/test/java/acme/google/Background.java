package acme.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.cloud.functions.Context;

public class Background implements BackgroundFunction<Background.Upload> {
    public record Upload(String bucket, String name) {}

    @Override
    public void accept(Upload upload, Context context) {
        if (upload.name() == null) {
            throw new IllegalArgumentException("no name");
        }
        System.setProperty("acme.google.Background", upload.bucket() + "/" + upload.name());
    }
}
