import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of a test cluster: NodeMain NUMBER COUNT FOLDER PORT [NETWORK]. HTTP listens on PORT for the first node and on
 * the ports behind it for the others, the nodes talk to each other a hundred ports above. In a NETWORK such as 10.9.8.
 * every node has a host of its own, 10.9.8.1 and so on.
 */
public final class NodeMain {
    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        String folder = arguments[2];
        int port = Integer.parseInt(arguments[3]) - 1;
        int transport = port + 100;
        String[] seeds = new String[count];
        String[] names = new String[count];
        for (int node = 1; node <= count; node++) {
            seeds[node - 1] = host(arguments, node) + ":" + (transport + node);
            names[node - 1] = "n" + node;
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((index, settings) -> {
            settings.put("node.name", "n" + number);
            settings.put("network.host", host(arguments, number));
            settings.put("http.port", String.valueOf(port + number));
            settings.put("transport.port", String.valueOf(transport + number));
            // The runner makes a single node a cluster of its own otherwise.
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", names);
            // The machine of the tests may be nearly full.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        });
        runner.build(newConfigs().basePath(folder + "/n" + number).clusterName("shukach-tests").numOfNode(1));
        Thread.currentThread().join();
    }

    private static String host(String[] arguments, int node) {
        return arguments.length > 4 ? arguments[4] + node : "127.0.0.1";
    }
}
