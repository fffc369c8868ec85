internal import CLibcurl

/// The machines of the operator's own network that may be fetched from; all others must have public addresses.
///
/// An entry is a host (`wiki.example`), a host with a port (`localhost:8080`), an address (`192.168.1.5`) or a network
/// (`10.0.0.0/8`, `fd00::/8`). A host is compared with the one in the URL; an address or network with the address that
/// is connected to, whatever name led there.
struct PrivateHosts: Sendable {
    private let hosts: Set<String>
    let networks: [copytaster_network]

    init(_ entries: [String]) {
        var hosts: Set<String> = []
        var networks: [copytaster_network] = []
        for entry in entries {
            var network = copytaster_network()
            if copytaster_parse_network(entry, &network) {
                networks.append(network)
            } else {
                hosts.insert(entry.lowercased())
            }
        }
        self.hosts = hosts
        self.networks = networks
    }

    /// Whether the URL itself names an allowed host.
    func names(_ address: WebAddress) -> Bool {
        hosts.contains(address.host) || hosts.contains("\(address.host):\(address.port)")
    }

    /// Whether a host is a private address or a name of this machine, judged without asking a name server.
    ///
    /// Behind a proxy this is all that can be known here.
    static func isVisiblyPrivate(_ host: String) -> Bool {
        var address = copytaster_address()
        if copytaster_parse_address(host, &address) { return !copytaster_is_public(&address) }
        return host == "localhost" || host.hasSuffix(".localhost")
    }
}
