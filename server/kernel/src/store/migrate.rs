//! The one way to migrate (迁移): a ledger per store and owner, each migration in a transaction with its ledger line.

use std::sync::Arc;

use migrations::{Backend, MigrationSet};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, FromQueryResult, Statement, TransactionTrait as _,
};
use sha2::{Digest as _, Sha256};

use super::pool::Pool;
use crate::fault::Fault;

/// A migration that this run applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its owner.
    pub owner: String,
    /// Its name.
    pub name: String,
}

/// A line of the ledger (迁移台账).
#[derive(Clone, Debug, FromQueryResult)]
pub struct Ledger {
    /// The core, a chapter or a plugin.
    pub owner: String,
    /// The migration's name.
    pub name: String,
    /// Hash of its statements; another hash under the same name is refused.
    pub checksum: String,
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration_ledger (owner text NOT NULL, name text NOT NULL, \
                      checksum text NOT NULL, PRIMARY KEY (owner, name))";

/// Every migration.
pub(super) fn all(_: &str, _: &str) -> bool {
    true
}

/// Applies what is missing of those (owner, name) that are `wanted`.
pub(super) async fn apply(
    connection: &DatabaseConnection,
    backend: Backend,
    sets: &[&MigrationSet],
    wanted: &(dyn Fn(&str, &str) -> bool + Send + Sync),
) -> Result<Vec<Applied>, Fault> {
    connection.execute_unprepared(LEDGER).await?;
    let known = ledger(connection).await?;
    let mut applied = Vec::new();
    for set in sets {
        for migration in set.migrations.iter().filter(|m| wanted(set.owner, m.name)) {
            let statements = migrations::up(&(migration.steps)(), backend);
            let checksum = checksum(&statements);
            if let Some(line) = known.iter().find(|l| l.owner == set.owner && l.name == migration.name) {
                if line.checksum != checksum {
                    tracing::error!(
                        owner = set.owner,
                        migration = migration.name,
                        "a migration changed after it was applied"
                    );
                    return Err(Fault::internal("migrate: a migration differs from the one that was applied"));
                }
                continue;
            }
            let tx = connection.begin().await?;
            run(&tx, &statements).await?;
            tx.execute_raw(Statement::from_sql_and_values(
                connection.get_database_backend(),
                "INSERT INTO migration_ledger (owner, name, checksum) VALUES ($1, $2, $3)",
                [set.owner.into(), migration.name.into(), checksum.into()],
            ))
            .await?;
            tx.commit().await?;
            applied.push(Applied { owner: set.owner.to_owned(), name: migration.name.to_owned() });
        }
    }
    Ok(applied)
}

async fn run(tx: &DatabaseTransaction, statements: &[String]) -> Result<(), Fault> {
    for statement in statements {
        tx.execute_unprepared(statement).await.map_err(Fault::of("apply a migration"))?;
    }
    Ok(())
}

const APPLIED: &str = "SELECT owner, name, checksum FROM migration_ledger ORDER BY owner, name";

/// The ledger of a store.
pub(super) async fn ledger(connection: &impl ConnectionTrait) -> Result<Vec<Ledger>, Fault> {
    let statement = Statement::from_string(connection.get_database_backend(), APPLIED);
    Ok(Ledger::find_by_statement(statement).all(connection).await?)
}

/// The ledger of a store that is open.
pub(super) async fn ledger_of(pool: &Arc<Pool>) -> Result<Vec<Ledger>, Fault> {
    let rows = pool.lend().await?.query_all(Statement::from_string(pool.backend(), APPLIED)).await?;
    Ok(rows.iter().map(|row| Ledger::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

fn checksum(statements: &[String]) -> String {
    let mut hash = Sha256::new();
    for statement in statements {
        hash.update(statement.as_bytes());
        hash.update([0]);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// Names a template by everything that is in it.
pub(super) fn fingerprint(sets: &[&MigrationSet]) -> String {
    let all: Vec<String> = sets
        .iter()
        .flat_map(|set| set.migrations)
        .flat_map(|m| migrations::up(&(m.steps)(), Backend::Sqlite))
        .collect();
    checksum(&all).get(..16).unwrap_or_default().to_owned()
}
