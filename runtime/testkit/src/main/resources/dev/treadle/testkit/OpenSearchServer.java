import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One OpenSearch with the modules of its distribution that tests need, which ends with its standard
 * input. Run from its source by the tests of a module that does not have OpenSearch on its class
 * path; its arguments are a folder and two ports.
 */
final class OpenSearchServer extends Node {
    private OpenSearchServer(Environment environment) {
        super(
                environment,
                List.of(
                        module(Netty4ModulePlugin.class),
                        module(CommonAnalysisModulePlugin.class),
                        module(PainlessModulePlugin.class)),
                false);
    }

    private static PluginInfo module(Class<?> type) {
        return new PluginInfo(
                type.getSimpleName(), "", "", Version.CURRENT, "21", type.getName(), null, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings =
                Settings.builder()
                        .put("path.home", arguments[0])
                        .put("http.port", arguments[1])
                        .put("transport.port", arguments[2])
                        .put("network.host", "127.0.0.1")
                        .put("http.type", "netty4")
                        .put("transport.type", "netty4")
                        .put("discovery.type", "single-node")
                        .put("node.name", "test")
                        .put("cluster.routing.allocation.disk.threshold_enabled", false)
                        .build();
        Node node =
                new OpenSearchServer(
                        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "test"));
        node.start();
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        node.close();
    }
}
