import java.util.List;
import java.util.stream.Collectors;
import org.opensearch.common.settings.Settings;

/** Settings of one of three nodes on loopback, from the arguments {@code number home transport-port,... http-port}. */
final class NodeSettings {
  private NodeSettings() {}

  static Settings of(String[] args) {
    int number = Integer.parseInt(args[0]);
    String home = args[1];
    List<String> ports = List.of(args[2].split(","));
    return Settings.builder()
        .put("cluster.name", "griot-test-" + ports.get(0))
        .put("node.name", "n" + number)
        .put("path.home", home)
        .put("path.data", home + "/data")
        .put("network.host", "127.0.0.1")
        .put("http.port", args[3])
        .put("transport.port", ports.get(number - 1))
        .putList("discovery.seed_hosts", ports.stream().map(p -> "127.0.0.1:" + p).collect(Collectors.toList()))
        .putList("cluster.initial_cluster_manager_nodes", "n1", "n2", "n3")
        // What a full disk does is tested by setting its block.
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
  }
}
