import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** One node of OpenSearch 3. */
public final class ClusterNode extends Node {
  private ClusterNode(Settings settings, List<Class<? extends Plugin>> plugins) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "unnamed"),
        plugins.stream()
            .map(p -> new PluginInfo(p.getName(), "on the class path", "NA", Version.CURRENT, "21", p.getName(), null, List.of(), false))
            .toList(),
        true);
  }

  @Override
  protected void configureNodeAndClusterIdStateListener(ClusterService service) {}

  public static void main(String[] args) throws Exception {
    new ClusterNode(NodeSettings.of(args), List.of(Netty4ModulePlugin.class, CommonAnalysisModulePlugin.class)).start();
    Thread.currentThread().join();
  }
}
