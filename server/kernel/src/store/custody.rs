//! What only the command line does to a store (保管): passwords of roles, and what needs the place to itself.

use super::{Store, StoreSettings, postgres};
use crate::fault::Fault;
use crate::keys::RootKey;

impl Store {
    /// Refuses while another process of this installation is connected (PostgreSQL; a data directory is held instead).
    /// To be asked before anything is opened here.
    pub async fn alone(&self, admin_url: Option<&str>) -> Result<(), Fault> {
        let StoreSettings::Postgres(settings) = &self.settings else { return Ok(()) };
        let admin = admin_url.ok_or(Fault::internal("change passwords of roles without an administrator's URL"))?;
        let others = postgres::others(settings, admin).await?;
        if others.is_empty() {
            return Ok(());
        }
        let told = format!("others are connected, stop them first: {}", others.join(", "));
        Err(Fault::of("have the database to itself")(std::io::Error::other(told)))
    }

    /// Gives the roles of `code` the passwords that follow from `root` (PostgreSQL only).
    pub(crate) async fn change_passwords(
        &self,
        code: &str,
        root: &RootKey,
        admin_url: Option<&str>,
    ) -> Result<(), Fault> {
        let StoreSettings::Postgres(settings) = &self.settings else { return Ok(()) };
        let admin = admin_url.ok_or(Fault::internal("change passwords of roles without an administrator's URL"))?;
        postgres::change_passwords(settings, root, code, admin).await
    }
}
