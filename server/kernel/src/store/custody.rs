//! What only the command line does to a store (保管): passwords of roles, and what needs the place to itself.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait as _};

use super::{Store, StoreSettings, postgres, sqlite};
use crate::fault::Fault;
use crate::keys::RootKey;

/// Entries of the audit removed in one transaction: on SQLite a city has one writer.
const BATCH: i64 = 1000;

/// A connection that was closed is still listed for so long, at most.
const LEAVING: std::time::Duration = std::time::Duration::from_secs(5);

impl Store {
    /// Removes entries and seals of the audit up to the number `upto`, in batches; says how many. The database itself
    /// refuses what lies above a stored horizon, and on PostgreSQL everybody but the owner of the tables.
    pub(crate) async fn prune_audit(&self, code: &str, upto: i64) -> Result<u64, Fault> {
        let connection = match &self.settings {
            StoreSettings::Sqlite { dir, .. } => sqlite::connect_for_migration(&sqlite::path(dir, code)).await?,
            StoreSettings::Postgres(settings) => {
                postgres::connect_for_migration(&self.homes.of(settings, code), &self.root, code).await?
            }
        };
        let mut removed = 0;
        loop {
            let batch = prune_some(&connection, upto).await.map_err(Fault::of("remove entries from the audit"))?;
            removed += batch;
            if batch == 0 {
                connection.close().await?;
                return Ok(removed);
            }
        }
    }

    /// Refuses while another process of this installation is connected (PostgreSQL; a data directory is held instead).
    /// To be asked before anything is opened here. The platform's server is asked alone: a process that works for a city
    /// on a server of its own is connected there as well. Who was just stopped is seen a moment longer, and waited for.
    pub async fn alone(&self, admin_url: Option<&str>) -> Result<(), Fault> {
        let StoreSettings::Postgres(settings) = &self.settings else { return Ok(()) };
        let admin = admin_url.ok_or(Fault::internal("change passwords of roles without an administrator's URL"))?;
        let mut others = Vec::new();
        let mut look = tokio::time::interval(LEAVING / 20);
        for _ in 0..20 {
            look.tick().await;
            others = postgres::others(settings, admin).await?;
            if others.is_empty() {
                return Ok(());
            }
        }
        let told = format!("others are connected, stop them first: {}", others.join(", "));
        Err(Fault::of("have the database to itself")(std::io::Error::other(told)))
    }

    /// Gives the roles of `code` the passwords that follow from `root` (PostgreSQL only). On a server of its own the
    /// administrator has the same name and password.
    pub(crate) async fn change_passwords(
        &self,
        code: &str,
        root: &RootKey,
        admin_url: Option<&str>,
    ) -> Result<(), Fault> {
        let StoreSettings::Postgres(settings) = &self.settings else { return Ok(()) };
        let admin = admin_url.ok_or(Fault::internal("change passwords of roles without an administrator's URL"))?;
        let home = self.homes.of(settings, code);
        let admin = if home.url == settings.url { admin.to_owned() } else { administrator_of(&home.url, admin) };
        postgres::change_passwords(settings, root, code, &admin).await
    }
}

/// The URL of another server, for the administrator of this one.
fn administrator_of(home: &str, admin: &str) -> String {
    let user = admin.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(user, _)| user);
    match (home.split_once("://"), user) {
        (Some((scheme, place)), Some(user)) => format!("{scheme}://{user}@{place}"),
        _ => home.to_owned(),
    }
}

/// Removes a batch from the beginning of what is there.
async fn prune_some(connection: &DatabaseConnection, upto: i64) -> Result<u64, DbErr> {
    let backend = connection.get_database_backend();
    let tx = connection.begin().await?;
    // An entry goes first, for its seal says its number; the seal points at it until the end of the transaction.
    tx.execute_unprepared(match backend {
        DbBackend::Sqlite => "PRAGMA defer_foreign_keys = ON",
        _ => "SET CONSTRAINTS ALL DEFERRED",
    })
    .await?;
    let first = Statement::from_string(backend, "SELECT min(seq) AS seq FROM audit_seal");
    let first = tx.query_one_raw(first).await?.map(|row| row.try_get::<Option<i64>>("", "seq")).transpose()?.flatten();
    let Some(first) = first.filter(|first| *first <= upto) else {
        tx.rollback().await?;
        return Ok(0);
    };
    let these = format!("seq BETWEEN {first} AND {}", upto.min(first + BATCH - 1));
    tx.execute_unprepared(&format!(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE {these})"
    ))
    .await?;
    let removed = tx.execute_unprepared(&format!("DELETE FROM audit_seal WHERE {these}")).await?.rows_affected();
    tx.commit().await?;
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::administrator_of;

    #[test]
    fn the_administrator_goes_to_another_server_with_the_same_name_and_password() {
        let there = administrator_of("postgres://db7:5433/city", "postgres://root:p@ss@db1/yizhan?sslmode=require");
        assert_eq!(there, "postgres://root:p@ss@db7:5433/city");
        assert_eq!(administrator_of("postgres://db7/city", "postgres://db1/yizhan"), "postgres://db7/city");
    }
}
