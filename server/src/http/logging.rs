//! One log line per request (访问日志): id, tenant, route, status, duration. No query text, no
//! variables, no path, no full address: `/24` of IPv4 and `/48` of IPv6 tell a noisy network from
//! a quiet one and nobody from his neighbour.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::ports::RequestId;

/// What a line says (日志行).
pub(crate) struct Line<'a> {
    pub(crate) request_id: RequestId,
    pub(crate) route: &'static str,
    pub(crate) method: &'a str,
    /// Only a tenant that exists; `-` otherwise.
    pub(crate) tenant: &'a str,
    pub(crate) status: u16,
    /// The code of a refusal.
    pub(crate) code: &'a str,
    pub(crate) took: Duration,
    pub(crate) ip: IpAddr,
}

/// Writes the line.
pub(crate) fn write(line: &Line<'_>) {
    tracing::info!(
        target: "yizhan::http",
        request_id = %line.request_id,
        route = line.route,
        method = line.method,
        tenant = line.tenant,
        status = line.status,
        code = line.code,
        micros = u64::try_from(line.took.as_micros()).unwrap_or(u64::MAX),
        network = %network(line.ip),
        "request"
    );
}

/// The network an address is in.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_to_its_network() {
        let cut = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(cut("203.0.113.77"), "203.0.113.0");
        assert_eq!(cut("::ffff:203.0.113.77"), "203.0.113.0");
        assert_eq!(cut("2001:db8:aaaa:bbbb::1"), "2001:db8:aaaa::");
    }
}
