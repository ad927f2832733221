//! Keys (密钥): the root key of the installation, and the data keys of each tenant wrapped by it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use entities::key_ring;
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::cache::Cache;
use crate::crypto::{Key, aead, blind, derive, sign};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::pii::Pii;
use crate::policy::{Action, Place};

/// Adding a data key (轮换密钥).
pub static ROTATE: Action = Action::new("key", "rotate", "轮换数据密钥", "Rotate the data key");

/// The root key (根密钥): 32 bytes, in a file of its own or handed in; everything else is derived from or wrapped by it.
pub struct RootKey(Zeroizing<Key>);

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(…)")
    }
}

impl RootKey {
    /// From 32 bytes.
    #[must_use]
    pub fn new(bytes: Key) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, Fault> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .map_err(Fault::of("read the root key"))?;
        let bytes: Key = bytes.try_into().map_err(|_| Fault::internal("read the root key: it is not 32 bytes"))?;
        Ok(Self::new(bytes))
    }

    /// From the file at `path`, made there, readable by its owner only, if there is none.
    pub fn load_or_create(path: &Path) -> Result<Self, Fault> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_hex(&text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut bytes = Zeroizing::new([0_u8; 32]);
                crate::clock::fill_random(bytes.as_mut());
                write_private(path, &data_encoding::HEXLOWER.encode(bytes.as_ref()))
                    .map_err(Fault::of("write the root key"))?;
                Ok(Self(bytes))
            }
            Err(e) => Err(Fault::of("read the root key")(e)),
        }
    }

    /// A key for `purpose`.
    #[must_use]
    pub fn derive(&self, purpose: &str, context: &[&str]) -> Zeroizing<Key> {
        derive::key(&self.0, purpose, context)
    }

    /// A password for `purpose`, as text.
    #[must_use]
    pub fn derive_text(&self, purpose: &str) -> String {
        data_encoding::HEXLOWER.encode(self.derive("password", &[purpose]).as_ref())
    }

    /// The seed that signs audit checkpoints.
    #[must_use]
    pub fn checkpoint_seed(&self, tenant: &str) -> Zeroizing<Key> {
        self.derive("audit-checkpoint", &[tenant])
    }

    /// The public key that checks audit checkpoints.
    #[must_use]
    pub fn checkpoint_public(&self, tenant: &str) -> [u8; 32] {
        sign::public_key(&self.checkpoint_seed(tenant))
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    if let Some(parent) = path.parent() {
        crate::folder::make(parent)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // Everything is sealed under it: a key that a power cut takes away takes all personal data with it.
    crate::folder::keep_name(path)
}

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
        let wrapping = self.kernel().root.derive("wrap", &[code]);
        let (mut current, mut data, mut blind) = (0, HashMap::new(), None);
        for row in rows {
            let aad = aead::aad(code, "key_ring", &row.purpose, &row.id.to_string());
            let plain =
                aead::open(|_| Some(wrapping.clone()), &aad, &row.wrapped).map_err(Fault::of("unwrap a data key"))?;
            let key: Key = plain.as_slice().try_into().map_err(Fault::of("read a data key"))?;
            if row.purpose == BLIND {
                blind = Some(Zeroizing::new(key));
            } else {
                let generation = u32::try_from(row.generation).map_err(Fault::of("read a data key"))?;
                current = current.max(generation);
                data.insert(generation, Zeroizing::new(key));
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
        let wrapping = self.kernel().root.derive("wrap", &[code]);
        let aad = aead::aad(code, "key_ring", purpose, &id.to_string());
        let wrapped = aead::seal(&wrapping, 0, &aad, key.as_ref()).map_err(Fault::of("wrap a data key"))?;
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
