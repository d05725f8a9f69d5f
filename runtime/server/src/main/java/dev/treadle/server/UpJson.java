package dev.treadle.server;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report for programs: one object a line; a failure is a document on standard error, as that of
 * every other verb.
 */
record UpJson(PrintStream out, PrintStream err) implements UpReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void ready(Ready ready) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("event", "ready");
        document.put("millis", ready.millis());
        document.put("functions", ready.functions());
        document.put("admin", ready.admin());
        document.putAll(ready.others());
        document.put("data", ready.data());
        document.put("warnings", ready.warnings());
        say(document);
    }

    @Override
    public void nats(String line) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("event", "nats");
        document.put("detail", line);
        say(document);
    }

    @Override
    public void wrong(String cause) {
        fail(cause, "Usage: treadle up [FLAGS]", List.of("treadle up --help"), 2);
    }

    @Override
    public void failed(String cause) {
        fail(cause, "", List.of("treadle up --help", "treadle doctor"), 1);
    }

    private void say(Map<String, Object> document) {
        out.println(JSON.writeValueAsString(document));
        out.flush();
    }

    private void fail(String cause, String rule, List<String> tries, int exitCode) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("cause", cause);
        error.put("rule", rule);
        error.put("try", tries);
        error.put("details", List.of());
        error.put("exitCode", exitCode);
        err.println(JSON.writeValueAsString(Map.of("error", error)));
    }
}
