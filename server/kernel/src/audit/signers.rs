//! Who may have signed (签名密钥): the key of today, and those that were this installation's before it.
//!
//! When the root key is replaced, the new signing key signs the old one's public key together with the head of the chain
//! at that moment. So the old one vouches for nothing after that moment, and for nothing else before it: whoever gets hold
//! of it later can neither go on nor rewrite what it had signed.

use entities::{audit_horizon, audit_key, audit_seal};
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};

use super::chain::seal_all;
use super::horizon;
use crate::crypto::{join, sign};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::keys::RootKey;
use crate::transact::Tx;

type Public = [u8; 32];

/// The keys that vouch for the audit of one tenant.
pub(super) struct Signers {
    /// Of the root key and, while it is being replaced, of the next.
    current: Vec<Public>,
    /// Those before, each with the number up to which it counts.
    retired: Vec<(Public, i64)>,
    /// The heads at which they were replaced: number and hash.
    pub(super) heads: Vec<(i64, Vec<u8>)>,
}

fn message(tenant: &str, row: &audit_key::Model) -> Vec<u8> {
    join(&[
        b"yizhan-audit-key-1",
        tenant.as_bytes(),
        &row.public_key,
        &row.until_seq.to_be_bytes(),
        &row.until_hash,
        &row.retired_at.timestamp_micros().to_be_bytes(),
    ])
}

impl Signers {
    /// Those of the tenant of `ctx`: a key counts if one that counts has signed it.
    pub(super) async fn of(ctx: &Ctx) -> Result<Self, Fault> {
        let tenant = &ctx.tenant().code;
        let current = ctx.kernel().root.at_hand().map(|root| root.checkpoint_public(tenant)).collect();
        let mut this = Self { current, retired: Vec::new(), heads: Vec::new() };
        let mut rows = audit_key::Entity::find().all(&ctx.scope()).await?;
        loop {
            let known = rows.len();
            rows.retain(|row| !this.take(tenant, row));
            if rows.len() == known {
                return Ok(this);
            }
        }
    }

    fn take(&mut self, tenant: &str, row: &audit_key::Model) -> bool {
        let Ok(public) = Public::try_from(row.public_key.as_slice()) else { return false };
        if !self.signed(row.until_seq, &message(tenant, row), &row.signature) {
            return false;
        }
        self.retired.push((public, row.until_seq));
        if row.until_seq > 0 {
            self.heads.push((row.until_seq, row.until_hash.clone()));
        }
        true
    }

    /// Has a key of today signed `message`?
    pub(super) fn signed_now(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
        self.current.iter().any(|public| sign::verify(public, message, &signature))
    }

    /// Has one of them signed `message`, which speaks of the chain up to `seq`?
    pub(super) fn signed(&self, seq: i64, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = <[u8; 64]>::try_from(signature) else { return false };
        let retired = self.retired.iter().filter(|(_, until)| seq <= *until).map(|(public, _)| public);
        self.current.iter().chain(retired).any(|public| sign::verify(public, message, &signature))
    }
}

/// The name of a signing key.
pub(super) fn key_id(public: &Public) -> String {
    let (head, _) = public.split_at(8);
    data_encoding::HEXLOWER.encode(head)
}

/// What lets the audit be verified under the signing key of another root key (接续).
pub(crate) struct Succession {
    key: audit_key::ActiveModel,
    horizon: Option<audit_horizon::ActiveModel>,
}

impl Succession {
    /// To be written with what replaces the root key.
    pub(crate) fn put(self, tx: &Tx) {
        tx.put(self.key);
        if let Some(horizon) = self.horizon {
            tx.put(horizon);
        }
    }
}

/// Lets the signing key that follows from `from` count up to here, and no further, once `to` has replaced it.
pub(crate) async fn succeed(ctx: &Ctx, from: &RootKey, to: &RootKey) -> Result<Succession, Fault> {
    Ok(Succession { key: retire(ctx, from, to).await?, horizon: horizon::renewed(ctx, from, to).await? })
}

async fn retire(ctx: &Ctx, from: &RootKey, to: &RootKey) -> Result<audit_key::ActiveModel, Fault> {
    seal_all(ctx).await?;
    let head = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&ctx.scope()).await?;
    let (until_seq, until_hash) = head.map_or((0, vec![0; 32]), |h| (h.seq, h.hash));
    let tenant = &ctx.tenant().code;
    let seed = to.checkpoint_seed(tenant);
    let mut row = audit_key::Model {
        id: ctx.new_id(),
        public_key: from.checkpoint_public(tenant).to_vec(),
        until_seq,
        until_hash,
        signature: Vec::new(),
        key_id: key_id(&sign::public_key(&seed)),
        retired_at: ctx.now(),
    };
    row.signature = sign::sign(&seed, &message(tenant, &row)).to_vec();
    Ok(audit_key::ActiveModel {
        id: Set(row.id),
        public_key: Set(row.public_key),
        until_seq: Set(row.until_seq),
        until_hash: Set(row.until_hash),
        signature: Set(row.signature),
        key_id: Set(row.key_id),
        retired_at: Set(row.retired_at),
    })
}
