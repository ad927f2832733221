//! How much one request may ask for, and how much one caller.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The limits of a tenant (限额). Every number has a default that fits a city; a tenant may lower
/// them. Zero switches a rate bucket off; it means "none" everywhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Body of a request, bytes. 256 KiB.
    pub body_bytes: usize,
    /// Text of a document, bytes. 16 KiB.
    pub query_bytes: usize,
    /// `{`, `[` and `(` outside strings and comments, counted on the raw text.
    pub openers: usize,
    /// How deep brackets may nest. The parser, the validator and the executor recurse on this;
    /// 64 leaves most of a 2 MiB stack free (see `shield/tests.rs`).
    pub nesting: usize,
    /// How deep fields may nest once fragments are expanded.
    pub depth: usize,
    /// How many selections nest inside one another once fragments are expanded, inline fragments
    /// and spreads included. The library itself stops at 32.
    pub hops: usize,
    /// Selections of the whole document once fragments are expanded.
    pub nodes: usize,
    /// Aliases, expanded.
    pub aliases: usize,
    /// Directives, expanded.
    pub directives: usize,
    /// Operations in one document.
    pub operations: usize,
    /// Fragments in one document.
    pub fragments: usize,
    /// Root fields of one mutation; one where the field must stand alone.
    pub mutation_fields: usize,
    /// Rows of one page.
    pub page_rows: usize,
    /// Elements of one list in arguments or variables.
    pub list_items: usize,
    /// What an operation may bring back: fields, those below a page as often as it has rows.
    pub cost: usize,
    /// Entries of `errors` in an answer; the rest are cut.
    pub errors: usize,
    /// Bytes of an answer. 8 MiB.
    pub response_bytes: usize,
    /// Milliseconds an execution may take before its flag is raised. 10 s.
    pub deadline_ms: u64,
    /// Milliseconds after the deadline until the caller is answered without waiting. 2 s.
    pub grace_ms: u64,
    /// Milliseconds for the whole body to arrive. 10 s.
    pub body_ms: u64,
    /// Milliseconds for a whole uploaded file to arrive. 10 min.
    pub upload_ms: u64,
    /// Executions at a time.
    pub concurrency: usize,
    /// Milliseconds a request waits for its turn. 2 s.
    pub queue_ms: u64,
    /// Requests a second per account or key, on average. A burst may be three seconds' worth.
    pub account_per_second: u32,
    /// Requests a second per address; a whole hall may share one.
    pub address_per_second: u32,
    /// Sign-ins and other proofs of who one is, a minute per address; a whole hall may share one.
    pub proofs_per_minute: u32,
    /// Requests a second for the tenant.
    pub tenant_per_second: u32,
    /// Sockets and event streams at a time.
    pub sockets: usize,
    /// Operations at a time on one WebSocket.
    pub streams: usize,
    /// Messages waiting for a slow reader before it is told to read again.
    pub queue: usize,
    /// Milliseconds an event waits for a place in a full queue before it is dropped. 100 ms.
    pub patience_ms: u64,
    /// Messages a second on one WebSocket.
    pub messages_per_second: u32,
    /// Milliseconds until `connection_init` must have come. 5 s.
    pub init_ms: u64,
    /// Milliseconds between pings; two without any answer end the socket. 25 s.
    pub ping_ms: u64,
    /// Milliseconds a write may stall before the connection is cut. 10 s.
    pub stall_ms: u64,
    /// Milliseconds a closed socket waits for the client to close too. 1 s.
    pub linger_ms: u64,
    /// Milliseconds between two looks at whether a long-lived session still holds. 30 s.
    pub recheck_ms: u64,
}

/// How often the server looks by itself; no city makes it look oftener.
const STEADY: [&str; 2] = ["ping_ms", "recheck_ms"];

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            query_bytes: 16 * 1024,
            openers: 400,
            nesting: 64,
            depth: 12,
            hops: 30,
            nodes: 1_000,
            aliases: 30,
            directives: 50,
            operations: 10,
            fragments: 100,
            mutation_fields: 5,
            page_rows: 100,
            list_items: 1_000,
            cost: 20_000,
            errors: 10,
            response_bytes: 8 * 1024 * 1024,
            deadline_ms: 10_000,
            grace_ms: 2_000,
            body_ms: 10_000,
            upload_ms: 600_000,
            concurrency: 64,
            queue_ms: 2_000,
            account_per_second: 20,
            address_per_second: 100,
            proofs_per_minute: 60,
            tenant_per_second: 500,
            sockets: 2_000,
            streams: 50,
            queue: 256,
            patience_ms: 100,
            messages_per_second: 50,
            init_ms: 5_000,
            ping_ms: 25_000,
            stall_ms: 10_000,
            linger_ms: 1_000,
            recheck_ms: 30_000,
        }
    }
}

impl Limits {
    /// How long an execution may take.
    pub fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }

    /// How long after the deadline the caller still waits for a clean end.
    pub fn grace(&self) -> Duration {
        Duration::from_millis(self.grace_ms)
    }

    /// How long the body may take to arrive.
    pub fn body_time(&self) -> Duration {
        Duration::from_millis(self.body_ms)
    }

    /// How long a whole uploaded file may take to arrive.
    pub fn upload_time(&self) -> Duration {
        Duration::from_millis(self.upload_ms)
    }

    /// How long a request waits for its turn.
    pub fn queue_time(&self) -> Duration {
        Duration::from_millis(self.queue_ms)
    }

    /// How long a socket waits for `connection_init`.
    pub fn init_time(&self) -> Duration {
        Duration::from_millis(self.init_ms)
    }

    /// How long a write may stall.
    pub fn stall_time(&self) -> Duration {
        Duration::from_millis(self.stall_ms)
    }

    /// How often a socket is pinged.
    pub fn ping_time(&self) -> Duration {
        Duration::from_millis(self.ping_ms.max(1))
    }

    /// How long an event waits for a place in a full queue.
    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.patience_ms)
    }

    /// How long a closed socket waits for the client to close too.
    pub fn linger_time(&self) -> Duration {
        Duration::from_millis(self.linger_ms)
    }

    /// How often a long-lived session is looked at again.
    pub fn recheck_time(&self) -> Duration {
        Duration::from_millis(self.recheck_ms.max(1))
    }

    /// These limits as a tenant lowers them, by name. A name that no limit has any more counts for nothing.
    #[must_use]
    pub fn lowered_by(&self, lowered: &BTreeMap<String, u64>) -> Self {
        let wish = serde_json::to_value(self).and_then(|own| {
            let Value::Object(mut own) = own else { return Ok(self.clone()) };
            for (name, number) in lowered {
                if let Some(own) = own.get_mut(name) {
                    *own = Value::from(*number);
                }
            }
            serde_json::from_value(Value::Object(own))
        });
        wish.map_or_else(|_| self.clone(), |wish: Self| wish.under(self))
    }

    /// Is each of these the name of a limit, and a number that lowers it and still lets somebody in?
    pub fn check_lowered(&self, lowered: &BTreeMap<String, u64>) -> Result<(), String> {
        let own = serde_json::to_value(self).map_err(|error| error.to_string())?;
        for (name, &number) in lowered {
            let Some(most) = own.get(name).and_then(Value::as_u64) else {
                return Err(format!("there is no limit {name}; `yizhan tenant limits CODE` lists them"));
            };
            let unlimited = most == 0 && name.contains("_per_");
            if number > u64::from(u32::MAX) {
                return Err(format!("{name}={number} is no number of this kind"));
            }
            if STEADY.contains(&name.as_str()) {
                return Err(format!("{name} is the server's: lower, it is more work for everybody"));
            }
            if number == 0 {
                return Err(format!("{name}=0 would let nobody in; to let nobody in, suspend the city"));
            }
            if number > most && !unlimited {
                return Err(format!("{name} is {most} on this server; a city may lower it, not raise it to {number}"));
            }
        }
        Ok(())
    }

    /// The lower of each number: what a tenant set, held under what the server allows.
    #[must_use]
    pub fn under(mut self, ceiling: &Self) -> Self {
        macro_rules! lower {
            ($($field:ident),+ $(,)?) => { $(self.$field = self.$field.min(ceiling.$field);)+ };
        }
        lower!(
            body_bytes,
            query_bytes,
            openers,
            nesting,
            depth,
            hops,
            nodes,
            aliases,
            directives,
            operations,
            fragments,
            mutation_fields,
            page_rows,
            list_items,
            cost,
            errors,
            response_bytes,
            deadline_ms,
            grace_ms,
            body_ms,
            upload_ms,
            concurrency,
            queue_ms,
            sockets,
            streams,
            queue,
            patience_ms,
            init_ms,
            ping_ms,
            stall_ms,
            linger_ms,
            recheck_ms,
        );
        macro_rules! lower_rate {
            ($($field:ident),+ $(,)?) => {
                $(self.$field = match (self.$field, ceiling.$field) {
                    (wish, 0) => wish,
                    (0, most) => most,
                    (wish, most) => wish.min(most),
                };)+
            };
        }
        lower_rate!(account_per_second, address_per_second, proofs_per_minute, tenant_per_second, messages_per_second);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_may_lower_a_limit_but_not_raise_it() {
        let wish = Limits { depth: 6, nodes: 50_000, ..Limits::default() };
        let held = wish.under(&Limits::default());
        assert_eq!(held.depth, 6);
        assert_eq!(held.nodes, 1_000);
    }

    #[test]
    fn a_tenant_cannot_switch_off_a_rate_the_server_sets() {
        let wish = Limits { account_per_second: 0, ..Limits::default() };
        assert_eq!(wish.under(&Limits::default()).account_per_second, 20);
        let unlimited = Limits { account_per_second: 0, ..Limits::default() };
        assert_eq!(Limits::default().under(&unlimited).account_per_second, 20);
    }

    #[test]
    fn a_tenant_names_the_limits_it_lowers() {
        let server = Limits::default();
        let lowered = |name: &str, number| BTreeMap::from([(name.to_owned(), number)]);
        let held = server.lowered_by(&lowered("depth", 6));
        assert_eq!(held, Limits { depth: 6, ..Limits::default() });
        assert!(server.check_lowered(&lowered("depth", 6)).is_ok());
        for (name, number) in [("dept", 6), ("depth", 0), ("depth", 13), ("account_per_second", 0), ("recheck_ms", 1)] {
            assert!(server.check_lowered(&lowered(name, number)).is_err(), "{name}={number}");
        }
        let unlimited = Limits { account_per_second: 0, ..Limits::default() };
        assert!(unlimited.check_lowered(&lowered("account_per_second", 5)).is_ok());
        assert!(unlimited.check_lowered(&lowered("account_per_second", 5_000_000_000)).is_err());
        // Raised behind the command's back, or named so no more, it counts for nothing.
        assert_eq!(server.lowered_by(&lowered("depth", 13)), server);
        assert_eq!(server.lowered_by(&lowered("dept", 1)), server);
    }

    #[test]
    fn a_misspelt_limit_is_refused() {
        assert!(serde_json::from_str::<Limits>(r#"{"dept": 3}"#).is_err());
        assert_eq!(serde_json::from_str::<Limits>(r#"{"depth": 3}"#).unwrap().depth, 3);
    }
}
