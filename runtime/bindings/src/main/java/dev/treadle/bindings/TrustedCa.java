package dev.treadle.bindings;

import dev.treadle.BindingFailed.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of a PEM file. */
public final class TrustedCa {
    private TrustedCa() {}

    /**
     * @param ca empty for what the JDK trusts
     */
    public static SSLContext context(Optional<Path> ca) {
        try {
            if (ca.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificates(ca.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new StoreFailure(
                    Reason.UNAVAILABLE,
                    "the certificates of %s cannot be read: %s"
                            .formatted(ca.map(Path::toString).orElse("the JDK"), e.getMessage()),
                    e);
        }
    }

    private static KeyStore certificates(Path ca) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            int number = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + number++, each);
            }
        }
        return trusted;
    }
}
