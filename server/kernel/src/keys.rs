//! Keys (密钥): the root key of the installation, and the data keys of each tenant wrapped by it.

mod backup;
mod files;
mod root;
mod rotate;

use std::collections::HashMap;
use std::sync::Arc;

use entities::key_ring;
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::cache::Cache;
use crate::crypto::{Key, aead, blind, derive};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::pii::Pii;
use crate::policy::{Action, Place};

pub use backup::{LastBackup, PASSPHRASE, last_backup, open_root, remember_backup, seal_root};
pub use files::{RootFiles, RootHeld};
pub use root::RootKey;
pub(crate) use rotate::adopt;
pub use rotate::{Rewrapped, rotate_root};

/// Adding a data key (轮换密钥).
pub static ROTATE: Action = Action::new("key", "rotate", "轮换数据密钥", "Rotate the data key");
/// Replacing the root key (更换根密钥). The command line's alone.
pub static ROTATE_ROOT: Action = Action::new("key", "rotate_root", "更换根密钥", "Replace the root key");
/// Backing up the root key (备份根密钥). The command line's alone.
pub static KEY_BACKUP: Action = Action::new("key", "backup", "备份根密钥", "Back up the root key");

/// The data keys of one tenant, opened (密钥环).
pub struct KeyRing {
    tenant: String,
    current: u32,
    data: HashMap<u32, Zeroizing<Key>>,
    blind: Zeroizing<Key>,
}

impl KeyRing {
    /// Seals a personal value so that it opens only as this column of this row of this tenant.
    pub fn seal<T: AsRef<[u8]>>(&self, table: &str, column: &str, row: Uuid, plain: &Pii<T>) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(table, column, row, plain.expose().as_ref())
    }

    /// Opens what was sealed, as text.
    pub fn open(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Pii<String>, Fault> {
        let plain = self.open_bytes(table, column, row, sealed)?;
        String::from_utf8(plain).map(Pii::new).map_err(|_| Fault::internal("read an opened value: it is not text"))
    }

    /// Opens what was sealed and is no text: the secret of a second factor.
    pub fn open_secret(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Pii<Vec<u8>>, Fault> {
        self.open_bytes(table, column, row, sealed).map(Pii::new)
    }

    /// As [`KeyRing::seal`], for the pieces of files and for wrapped keys.
    pub(crate) fn seal_bytes(&self, table: &str, column: &str, row: Uuid, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.data.get(&self.current).ok_or(Fault::internal("find the current data key"))?;
        aead::seal(key, self.current, &self.aad(table, column, row), plain).map_err(Fault::of("seal a value"))
    }

    /// As [`KeyRing::open`], for the pieces of files and for wrapped keys.
    pub(crate) fn open_bytes(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let plain = aead::open(|id| self.data.get(&id).cloned(), &self.aad(table, column, row), sealed)
            .map_err(Fault::of("open a sealed value"))?;
        Ok(plain.to_vec())
    }

    /// The blind index of `value` in `field`: equal values, equal bytes; nothing else can be told from it.
    #[must_use]
    pub fn blind<T: AsRef<str>>(&self, field: &str, value: &Pii<T>) -> Vec<u8> {
        blind::index(&self.blind, field, value.expose().as_ref()).into_bytes()
    }

    /// A key for cursors and signed links of this tenant.
    #[must_use]
    pub fn link_key(&self) -> Zeroizing<Key> {
        derive::key(&self.blind, "link", &[&self.tenant])
    }

    fn aad(&self, table: &str, column: &str, row: Uuid) -> Vec<u8> {
        aead::aad(&self.tenant, table, column, &row.to_string())
    }
}

/// The opened key rings of this process.
pub type KeyBook = Cache<KeyRing>;

const DATA: &str = "data";
const BLIND: &str = "blind";

impl Ctx {
    /// The tenant's keys.
    pub async fn keys(&self) -> Result<Arc<KeyRing>, Fault> {
        let code = &self.tenant().code;
        let book = &self.kernel().keys;
        if let Some(ring) = book.get(code) {
            return Ok(ring);
        }
        let epoch = book.epoch(code);
        let rows = key_ring::Entity::find().order_by_asc(key_ring::Column::Generation).all(&self.scope()).await?;
        let (mut current, mut data, mut blind) = (0, HashMap::new(), None);
        for row in rows {
            let key = self.kernel().root.unwrap(code, &row.purpose, row.id, &row.wrapped)?;
            if row.purpose == BLIND {
                blind = Some(key);
            } else {
                let generation = u32::try_from(row.generation).map_err(Fault::of("read a data key"))?;
                current = current.max(generation);
                data.insert(generation, key);
            }
        }
        // Without its own blind key a tenant's indexes would be everybody's.
        let blind = blind.filter(|_| !data.is_empty());
        let blind = blind.ok_or(Fault::internal("find the tenant's keys: it was never set up"))?;
        let ring = KeyRing { tenant: code.clone(), current, data, blind };
        Ok(book.keep(code, epoch, Arc::new(ring)))
    }

    /// Makes a tenant's first keys.
    pub(crate) async fn create_keys(&self) -> Result<(), Fault> {
        let rows = [self.new_key(DATA, 1)?, self.new_key(BLIND, 1)?];
        let saved: Result<(), Stop<Never>> = self
            .quietly(|tx| async move {
                key_ring::Entity::insert_many(rows).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        saved.map_err(Stop::into_fault)
    }

    /// Adds a data key: what is sealed from now on is sealed with it; what was, still opens.
    pub async fn rotate_keys(&self) -> Result<i32, Fault> {
        // A key under a root key that does not open the others would close the ring for everybody.
        self.keys().await?;
        let rotated: Result<i32, Stop<Never>> = self
            .transact(&ROTATE, |tx| async move {
                let ctx = tx.ctx();
                tx.authorize(&ROTATE, &Place::city()).await?;
                let rows = key_ring::Entity::find().all(&tx).await?;
                let newest = rows.iter().filter(|r| r.purpose == DATA).map(|r| r.generation).max();
                let generation = newest.unwrap_or(0) + 1;
                key_ring::Entity::insert(ctx.new_key(DATA, generation)?).exec_without_returning(&tx).await?;
                tx.note("generation", generation);
                tx.invalidate(crate::invalidate::KEYS);
                Ok(generation)
            })
            .await;
        rotated.map_err(Stop::into_fault)
    }

    fn new_key(&self, purpose: &str, generation: i32) -> Result<key_ring::ActiveModel, Fault> {
        let code = &self.tenant().code;
        let id = self.new_id();
        let mut key = Zeroizing::new([0_u8; 32]);
        crate::clock::fill_random(key.as_mut());
        let wrapped = self.kernel().root.wrap(code, purpose, id, &key)?;
        Ok(key_ring::ActiveModel {
            id: Set(id),
            purpose: Set(purpose.to_owned()),
            generation: Set(generation),
            wrapped: Set(wrapped),
            created_at: Set(self.now()),
            retired_at: Set(None),
        })
    }
}
