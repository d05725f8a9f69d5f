package dev.treadle.trigger.nats;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which hosts a caller may name for a callback: those that the node lists, and all that have public
 * addresses only, for a caller must not have the node reach what it cannot reach itself.
 *
 * @param listed names or addresses; {@code *.example.com} for all below; {@code *} for any
 */
public record CallbackHosts(List<String> listed) {
    private static final int URL_LENGTH_MAX = 2_048;

    public CallbackHosts {
        listed = listed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The URL.
     *
     * @throws IllegalArgumentException when it is none to be called back; the message says why
     */
    URI parse(String text) {
        if (text.length() > URL_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "it has more than %d characters".formatted(URL_LENGTH_MAX));
        }
        URI url = URI.create(text);
        boolean web =
                "http".equalsIgnoreCase(url.getScheme())
                        || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "it is no URL of the form https://host/path, without a user");
        }
        obstacle(url)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException(reason);
                        });
        return url;
    }

    /** Why this host may not be called back; empty when it may. Looks its name up. */
    Optional<String> obstacle(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (listed.stream().anyMatch(pattern -> matches(pattern, host))) {
            return Optional.empty();
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!isPublic(address)) {
                    return Optional.of(
                            "%s is no public address; the node's setting webhooks.hosts can allow the host"
                                    .formatted(address.getHostAddress()));
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the host %s is not known".formatted(host));
        }
    }

    private static boolean matches(String pattern, String host) {
        return pattern.equals("*")
                || pattern.equals(host)
                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !isShared(address.getAddress(), address instanceof Inet6Address);
    }

    /** What the JDK has no word for: unique local (RFC 4193), shared (RFC 6598), and 0/8. */
    private static boolean isShared(byte[] bytes, boolean six) {
        int first = bytes[0] & 0xff;
        return six
                ? (first & 0xfe) == 0xfc
                : first == 0 || (first == 100 && (bytes[1] & 0xc0) == 64);
    }
}
