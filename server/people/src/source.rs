//! From where somebody signs in (来源): the network and the program, never the address itself.

use std::net::IpAddr;

use crate::rules::lockout;

/// From where a request came (来源). The transport puts it into the data of the GraphQL request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The network, as `59.49.12.0/24`; empty where it is not known, which counts as one network.
    pub network: String,
    /// The browser or program, as it names itself.
    pub user_agent: Option<String>,
}

/// Characters kept of a program's name.
const USER_AGENT: usize = 200;

impl Source {
    /// A source.
    #[must_use]
    pub fn new(ip: IpAddr, user_agent: Option<String>) -> Self {
        let user_agent =
            user_agent.map(|text| text.chars().filter(|c| !c.is_control()).take(USER_AGENT).collect::<String>());
        Self { network: lockout::network(ip), user_agent: user_agent.filter(|t| !t.is_empty()) }
    }
}
