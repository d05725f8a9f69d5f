package dev.treadle.trigger.http;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.trigger.PercentCoding;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.LinkedHashMap;
import java.util.Map;

/** CloudEvents in the HTTP binding's binary mode: attributes are headers, the body is the data. */
final class BinaryEvents {
    private static final String PREFIX = "ce-";
    private static final HeaderName VERSION = HeaderNames.create("ce-specversion");
    private static final HeaderName ID = HeaderNames.create("ce-id");
    private static final HeaderName TYPE = HeaderNames.create("ce-type");
    private static final HeaderName SOURCE = HeaderNames.create("ce-source");

    private BinaryEvents() {}

    /** Whether any required attribute is there; what is missing is told when it is read. */
    static boolean isOne(ServerRequestHeaders headers) {
        return headers.contains(VERSION)
                || headers.contains(ID)
                || headers.contains(TYPE)
                || headers.contains(SOURCE);
    }

    /**
     * @throws BadRequest naming the attribute that is missing or wrong
     */
    static Event read(ServerRequestHeaders headers, byte[] data, Json json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Header header : headers) {
            String name = header.headerName().lowerCase();
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), value(name, header.values()));
            }
        }
        headers.first(HeaderNames.CONTENT_TYPE)
                .ifPresent(type -> attributes.put("datacontenttype", type));
        return new EventAttributes(attributes).event(json).data(data).build();
    }

    /** Values may be quoted, and are percent-encoded (HTTP binding, section 3.1.3.2). */
    private static String value(String header, String value) {
        try {
            return PercentCoding.decode(unquote(value));
        } catch (IllegalArgumentException e) {
            throw new BadRequest("the header " + header + " is badly percent-encoded");
        }
    }

    private static String unquote(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
