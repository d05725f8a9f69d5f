package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** All verbs, in the order of the help. A verb's class is loaded when it is made, not before. */
final class Verbs {
    private final Map<String, Function<Session, Object>> makers = new LinkedHashMap<>();

    Verbs() {
        makers.put("up", UpCommand::new);
        makers.put("init", InitCommand::new);
        makers.put("dev", DevCommand::new);
        makers.put("deploy", DeployCommand::new);
        makers.put("invoke", InvokeCommand::new);
        makers.put("logs", LogsCommand::new);
        makers.put("invocations", InvocationsCommand::new);
        makers.put("list", ListCommand::new);
        makers.put("describe", DescribeCommand::new);
        makers.put("releases", ReleasesCommand::new);
        makers.put("alias", AliasCommand::new);
        makers.put("trigger", TriggerCommand::new);
        makers.put("event", EventCommand::new);
        makers.put("dlq", DlqCommand::new);
        makers.put("replay", ReplayCommand::new);
        makers.put("rollback", RollbackCommand::new);
        makers.put("delete", DeleteCommand::new);
        makers.put("model", ModelCommand::new);
        makers.put("secret", SecretCommand::new);
        makers.put("doctor", DoctorCommand::new);
        makers.put("completion", CompletionCommand::new);
    }

    Map<String, Function<Session, Object>> makers() {
        return makers;
    }
}
